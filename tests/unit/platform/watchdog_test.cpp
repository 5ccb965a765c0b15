#include "shared/platform/watchdog.h"

#include "tests/support/scratch_folder.h"

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace mado {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

// ── the judge ──

constexpr WatchdogJudge::Time kStart{std::chrono::hours(5)};

TEST(WatchdogJudge, ALoopThatAdvancesIsNeverLate) {
    WatchdogJudge judge(seconds(3));
    for (unsigned round = 0; round < 10; ++round) {
        const auto now = kStart + seconds(2) * round;
        EXPECT_THAT(judge.late({{"frame", round}}, now), IsEmpty());
    }
}

TEST(WatchdogJudge, ALoopThatStandsIsLateFromItsPatienceOn) {
    WatchdogJudge judge(seconds(3));
    EXPECT_THAT(judge.late({{"frame", 7}}, kStart), IsEmpty());
    EXPECT_THAT(judge.late({{"frame", 7}}, kStart + milliseconds(2'999)), IsEmpty());
    EXPECT_THAT(judge.late({{"frame", 7}}, kStart + seconds(3)), ElementsAre("frame"));
    EXPECT_THAT(judge.late({{"frame", 7}}, kStart + seconds(60)), ElementsAre("frame"));
}

TEST(WatchdogJudge, NamesEachLateLoopAndNoOther) {
    WatchdogJudge judge(seconds(3));
    EXPECT_THAT(judge.late({{"camera", 1}, {"frame", 1}, {"input", 1}}, kStart), IsEmpty());
    EXPECT_THAT(judge.late({{"camera", 1}, {"frame", 2}, {"input", 1}}, kStart + seconds(3)),
                ElementsAre("camera", "input"));
}

TEST(WatchdogJudge, ALoopThatGoesOnHasItsWholePatienceAgain) {
    WatchdogJudge judge(seconds(3));
    EXPECT_THAT(judge.late({{"journal", 1}}, kStart), IsEmpty());
    EXPECT_THAT(judge.late({{"journal", 1}}, kStart + seconds(4)), ElementsAre("journal"));
    EXPECT_THAT(judge.late({{"journal", 2}}, kStart + seconds(5)), IsEmpty());
    EXPECT_THAT(judge.late({{"journal", 2}}, kStart + seconds(7)), IsEmpty());
    EXPECT_THAT(judge.late({{"journal", 2}}, kStart + seconds(8)), ElementsAre("journal"));
}

TEST(WatchdogJudge, ALoopThatHasGoneAndComesAgainHasJustAdvanced) {
    WatchdogJudge judge(seconds(3));
    EXPECT_THAT(judge.late({{"start", 4}}, kStart), IsEmpty());
    EXPECT_THAT(judge.late({}, kStart + seconds(4)), IsEmpty());
    EXPECT_THAT(judge.late({{"start", 4}}, kStart + seconds(8)), IsEmpty());
    EXPECT_THAT(judge.late({{"start", 4}}, kStart + seconds(11)), ElementsAre("start"));
}

// A count that begins again, since another thread took the loop over, is no standing one.
TEST(WatchdogJudge, ACountThatFallsHasAdvanced) {
    WatchdogJudge judge(seconds(3));
    EXPECT_THAT(judge.late({{"camera", 900}}, kStart), IsEmpty());
    EXPECT_THAT(judge.late({{"camera", 0}}, kStart + seconds(3)), IsEmpty());
}

// ── what systemd hears ──

// systemd's end of the socket.
class Ear {
  public:
    explicit Ear(const std::filesystem::path& file)
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        file.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    }
    ~Ear() { ::close(socket_); }
    Ear(const Ear&) = delete;
    Ear& operator=(const Ear&) = delete;

    // The next message; empty where none comes for so long.
    std::string next(milliseconds patience) {
        pollfd wanted{socket_, POLLIN, 0};
        if (::poll(&wanted, 1, static_cast<int>(patience.count())) <= 0) return {};
        std::string message(4096, '\0');
        const auto size = ::recv(socket_, message.data(), message.size(), 0);
        message.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return message;
    }

    // Whether this message comes; what comes before it is passed over.
    bool hears(const std::string& wanted) {
        for (;;) {
            const std::string message = next(seconds(60));
            if (message.empty() || message == wanted) return !message.empty();
        }
    }

    // What has come so far.
    std::vector<std::string> rest() {
        std::vector<std::string> messages;
        for (std::string message; !(message = next(milliseconds(0))).empty();)
            messages.push_back(message);
        return messages;
    }

  private:
    int socket_;
};

// NOLINTBEGIN(concurrency-mt-unsafe): no other thread runs while a test does this
void set(const char* variable, const std::string& value) {
    ::setenv(variable, value.c_str(), 1);
}
void forget(const char* variable) {
    ::unsetenv(variable);
}
// NOLINTEND(concurrency-mt-unsafe)

class WatchdogTest : public testing::Test {
  protected:
    WatchdogTest() {
        set("NOTIFY_SOCKET", folder_ / "notify");
        set("WATCHDOG_USEC", "40000");
        forget("WATCHDOG_PID");
    }
    ~WatchdogTest() override {
        forget("NOTIFY_SOCKET");
        forget("WATCHDOG_USEC");
    }

    std::function<void()> count_lates() {
        return [this] {
            const std::lock_guard lock(mutex_);
            ++lates_;
            changed_.notify_all();
        };
    }
    bool lates_come_to(int count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, seconds(60), [&] { return lates_ >= count; });
    }

    // Rests for many times the patience and the period of these tests.
    static void rest() { std::this_thread::sleep_for(milliseconds(400)); }

    static constexpr milliseconds kPatience{50};
    tests::ScratchFolder folder_;
    Ear ear_{folder_ / "notify"};
    std::mutex mutex_;
    std::condition_variable changed_;
    int lates_ = 0;
};

TEST_F(WatchdogTest, SaysOnceThatTheProgramIsReadyAndThatItStops) {
    Watchdog watchdog(kPatience);
    watchdog.ready();
    watchdog.ready();
    EXPECT_TRUE(ear_.hears("READY=1"));
    watchdog.stopping();
    std::vector<std::string> more;
    for (std::string heard; heard != "STOPPING=1"; more.push_back(heard)) {
        heard = ear_.next(seconds(60));
        ASSERT_FALSE(heard.empty());
    }
    EXPECT_THAT(more, testing::Not(testing::Contains("READY=1")));
}

TEST_F(WatchdogTest, KicksWhileTheLoopGoesRound) {
    Watchdog watchdog(kPatience);
    Heart heart;
    const auto watch = watchdog.watch("frame", heart, [] {});
    for (int kicks = 0; kicks < 10; ++kicks) {
        heart.beat();
        ASSERT_TRUE(ear_.hears("WATCHDOG=1"));
    }
}

TEST_F(WatchdogTest, DoesNotKickWhileOneLoopStandsAndNamesIt) {
    Watchdog watchdog(kPatience);
    Heart frame;
    Heart camera;
    const auto both = std::pair(watchdog.watch("frame", frame, [] {}),
                                watchdog.watch("camera", camera, count_lates()));
    std::atomic<bool> over{false};
    std::thread beating([&] {
        for (; !over; std::this_thread::sleep_for(milliseconds(1)))
            frame.beat();
    });
    ASSERT_TRUE(lates_come_to(1));
    static_cast<void>(ear_.rest());
    rest();
    EXPECT_THAT(ear_.rest(), testing::Not(testing::Contains("WATCHDOG=1")));
    over = true;
    beating.join();

    // Told once, not at each look.
    EXPECT_EQ(lates_, 1);
    // It goes on, and so do the kicks.
    std::atomic<bool> goes_on{true};
    std::thread both_beat([&] {
        for (; goes_on; std::this_thread::sleep_for(milliseconds(1))) {
            frame.beat();
            camera.beat();
        }
    });
    EXPECT_TRUE(ear_.hears("STATUS=running"));
    EXPECT_TRUE(ear_.hears("WATCHDOG=1"));
    goes_on = false;
    both_beat.join();
    // And a second time it is told again.
    EXPECT_TRUE(lates_come_to(2));
}

TEST_F(WatchdogTest, NamesTheLateLoopsInTheStatus) {
    Watchdog watchdog(kPatience);
    Heart heart;
    const auto watch = watchdog.watch("journal", heart, [] {});
    EXPECT_TRUE(ear_.hears("STATUS=late: journal"));
}

TEST_F(WatchdogTest, ALoopThatIsWatchedNoMoreHoldsBackNoKick) {
    Watchdog watchdog(kPatience);
    Heart heart;
    {
        const auto watch = watchdog.watch("start", heart, count_lates());
        ASSERT_TRUE(lates_come_to(1));
    }
    EXPECT_TRUE(ear_.hears("STATUS=running"));
    EXPECT_TRUE(ear_.hears("WATCHDOG=1"));
}

TEST_F(WatchdogTest, AProgramThatEndsByItselfIsKickedWhateverItsLoopsDo) {
    Watchdog watchdog(kPatience);
    Heart heart;
    const auto watch = watchdog.watch("frame", heart, count_lates());
    ASSERT_TRUE(lates_come_to(1));
    watchdog.stopping();
    EXPECT_TRUE(ear_.hears("STOPPING=1"));
    EXPECT_TRUE(ear_.hears("WATCHDOG=1"));
    EXPECT_TRUE(ear_.hears("WATCHDOG=1"));
}

TEST_F(WatchdogTest, WithoutAPeriodItIsReadyAndLooksAtNothing) {
    forget("WATCHDOG_USEC");
    Watchdog watchdog(kPatience);
    Heart heart;
    const auto watch = watchdog.watch("frame", heart, count_lates());
    watchdog.ready();
    rest();
    EXPECT_THAT(ear_.rest(), ElementsAre("READY=1"));
    EXPECT_EQ(lates_, 0);
}

TEST_F(WatchdogTest, OutsideOfSystemdNothingIsLookedAt) {
    forget("NOTIFY_SOCKET");
    Watchdog watchdog(kPatience);
    Heart heart;
    const auto watch = watchdog.watch("frame", heart, count_lates());
    watchdog.ready();
    rest();
    watchdog.stopping();
    EXPECT_THAT(ear_.rest(), IsEmpty());
    EXPECT_EQ(lates_, 0);
}

}  // namespace
}  // namespace mado
