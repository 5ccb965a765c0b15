// Whoever asks with whatever ticket and date, in whatever order: when the answer comes follows from
// how many missed before and how long ago that was. So the time says nothing of the ticket.

#include "sync/device/miss_budget.h"
#include "tests/support/device_in_town.h"

#include <algorithm>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace mado::tests {
namespace {

constexpr int kShare = 3;
constexpr int kPeople = 6;

// The bucket as its header tells it, from misses alone.
class Misses {
  public:
    void pass(Milliseconds time) { level_ = std::max(0.0, level_ - kShare * time / kHour); }
    void count() { level_ = std::min(level_ + 1, kShare + kLoginPauseMax / kPause); }
    Milliseconds pause() const {
        const double over = std::max(0.0, level_ - kShare);
        return std::chrono::floor<Milliseconds>(std::min<Span>(kPause * over, kLoginPauseMax));
    }

  private:
    using Span = std::chrono::duration<double, std::milli>;
    static constexpr Span kHour = std::chrono::hours(1);
    static constexpr Span kPause = device::kPauseForAMiss;

    double level_ = 0;
};

class Queue {
  public:
    explicit Queue(std::uint64_t seed) : dice_(seed), kiosk_(town_, 3, seed) {
        Town slow = a_town();
        slow.misses_an_hour = kShare * 4;
        slow.kiosks = 4;
        town_.put(slow);
        for (int person = 1; person <= kPeople; ++person)
            town_.put(ticket_of(person), a_resident(person));
        kiosk_.sync();
    }

    // How many answers of each kind were kept back.
    std::map<std::string, int> live() {
        for (int turn = 0; turn < 60 && !testing::Test::HasFailure(); ++turn) {
            if (dice_.percent(20)) set_clock();
            wait(Milliseconds(dice_.between(0, dice_.percent(10) ? 3'600'000 : 60'000)));
            ask();
        }
        return kept_back_;
    }

  private:
    static Ticket ticket_of(int person) {
        return a_ticket("000000" + std::to_string(1000 + person));
    }

    void wait(Milliseconds time) {
        misses_.pass(time);
        kiosk_.advance(time);
    }

    void set_clock() {
        const Milliseconds by(dice_.between(-100'000'000, 100'000'000));
        kiosk_.now += by;
        kiosk_.engine().clock_moved(by);
    }

    void ask() {
        // Twice as many numbers as there are tickets, and many wrong dates.
        const int person = dice_.between(1, 2 * kPeople);
        const Milliseconds expected = misses_.pause();
        kiosk_.ask_login(ticket_of(person), dice_.percent(50) ? 19390614 : 19390615);
        const Milliseconds took = kiosk_.wait_for_answer();
        const std::string kind = kind_of_answer(person);
        EXPECT_LE(took - expected, Milliseconds(1)) << kind;
        EXPECT_LE(expected - took, Milliseconds(1)) << kind;
        if (took > Milliseconds(0)) ++kept_back_[kind];
        if (kind != "right") misses_.count();
        misses_.pass(took);
    }

    std::string kind_of_answer(int person) {
        if (kiosk_.take<LoggedIn>()) return "right";
        const auto refused = kiosk_.take<LoginRefused>().value();
        if (refused.reason == LoginRefusal::Locked) return "locked";
        return person > kPeople ? "unknown" : "wrong";
    }

    Dice dice_;
    ModelServer town_;
    DeviceInTown kiosk_;
    Misses misses_;
    std::map<std::string, int> kept_back_;
};

TEST(LoginProperty, TheTimeOfAnAnswerFollowsFromTheMissesBeforeAlone) {
    std::map<std::string, int> kept_back;
    for (const auto seed : seeds(40)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        for (const auto& [kind, count] : Queue(seed).live())
            kept_back[kind] += count;
        if (HasFailure()) return;
    }
    for (const char* kind : {"right", "wrong", "unknown", "locked"})
        EXPECT_GT(kept_back[kind], 100) << kind;
}

}  // namespace
}  // namespace mado::tests
