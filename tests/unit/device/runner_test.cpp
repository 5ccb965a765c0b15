#include "sync/device/runner.h"

#include "tests/support/device_in_town.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_network.h"

#include <condition_variable>
#include <mutex>

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using device::Runner;

// The model server behind a lock, and three cables to it.
class RunnerTest : public testing::Test {
  protected:
    RunnerTest() {
        for (int id = 10; id < 14; ++id)
            town_.put(a_slot(id, in_days(3)));
        town_.put(a_ticket(), a_resident(1));
        town_.add_device(identity_.device, identity_.roster_key);
        town_.now = clock_.now();
    }

    static device::Identity make_identity() {
        device::Identity identity;
        identity.device = DeviceId(3);
        identity.roster_key.fill(5);
        identity.signer.sign = [](std::span<const std::uint8_t>) { return sync::Signature{}; };
        return identity;
    }

    FakeNetwork::Answer answer(const HttpRequest& request) {
        const std::lock_guard lock(mutex_);
        if (!plugged_in_)
            return Result<HttpResponse, IoError>(
                fail(IoError{IoError::Kind::Unavailable, "unplugged"}));
        auto response = town_.answer(identity_.device, request);
        const bool poll = request.path.ends_with("&wait=25");
        if (poll && response.status == 200 &&
            sync::parse_changes_page(response.body).value().changes.empty()) {
            return {};
        }
        return Result<HttpResponse, IoError>(std::move(response));
    }

    void start() {
        auto store = device::DeviceStore::open(folder_.path(), identity_).value();
        auto engine = device::Engine::start(std::move(store), chance_, clock_.now()).value();
        std::vector<std::unique_ptr<Network>> networks;
        for (std::size_t i = 0; i < device::kLanes.size(); ++i) {
            networks.push_back(std::make_unique<FakeNetwork>(
                [this](const HttpRequest& request) { return answer(request); }));
        }
        runner_.emplace(std::move(engine), std::move(networks), clock_, [this] {
            const std::lock_guard lock(wake_mutex_);
            ++wakes_;
            woken_.notify_all();
        });
    }

    // Waits for a state, looked at whenever the runner says that something changed.
    template <class Condition>
    bool comes(Condition condition) {
        std::unique_lock lock(wake_mutex_);
        return woken_.wait_for(lock, std::chrono::seconds(60), [&] { return condition(); });
    }
    template <class Answer>
    std::optional<Answer> answer_comes() {
        std::optional<Answer> found;
        comes([&] {
            for (auto& each : runner_->take_answers()) {
                if (auto* wanted = std::get_if<Answer>(&each)) found = std::move(*wanted);
            }
            return found.has_value();
        });
        return found;
    }

    ScratchFolder folder_;
    FakeClock clock_{tests::now()};
    Dice chance_{1};
    device::Identity identity_ = make_identity();
    std::mutex mutex_;
    ModelServer town_;
    bool plugged_in_ = true;
    std::mutex wake_mutex_;
    std::condition_variable woken_;
    int wakes_ = 0;
    std::optional<Runner> runner_;
};

TEST_F(RunnerTest, BooksOnItsThreadsAndStopsWhileALongPollWaits) {
    start();
    ASSERT_TRUE(comes([&] { return runner_->status().ready; }));
    EXPECT_EQ(runner_->town()->name, a_town().name);
    runner_->ask(
        LogIn{QuestionId(1), Personal<Ticket>(a_ticket()), Personal<BirthDate>(a_birth_date())});
    const auto person = answer_comes<LoggedIn>();
    ASSERT_TRUE(person);
    runner_->ask(Book{QuestionId(2), person->resident, SlotId(11), {}});
    const auto kept = answer_comes<BookingKept>();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->question, QuestionId(2));
    runner_.reset();
    EXPECT_EQ(town_.bookings().size(), 1U);
}

TEST_F(RunnerTest, StopsAtOnceWithoutANetworkAndStartsAgain) {
    plugged_in_ = false;
    start();
    runner_.reset();
    plugged_in_ = true;
    start();
    EXPECT_TRUE(comes([&] { return runner_->status().ready; }));
    runner_.reset();
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(town_.events_of(identity_.device).size(), 2U);
}

TEST_F(RunnerTest, AnswersWithoutBeingAskedTwiceWhenNotReady) {
    plugged_in_ = false;
    start();
    runner_->ask(
        LogIn{QuestionId(1), Personal<Ticket>(a_ticket()), Personal<BirthDate>(a_birth_date())});
    const auto refused = answer_comes<LoginRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason, LoginRefusal::NotReady);
}

}  // namespace
}  // namespace mado::tests
