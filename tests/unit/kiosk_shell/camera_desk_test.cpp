#include "kiosk/shell/camera_desk.h"

#include "shared/platform/clock.h"
#include "tests/support/builders.h"
#include "tests/unit/kiosk_shell/waiting_outbox.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

// A white sheet with a code of 6 pixels a module in its middle, or without one.
Frame a_frame(const std::string& code) {
    Frame frame{640, 480, std::vector<std::uint8_t>(640 * 480, 230),
                std::vector<std::uint8_t>(640 * 480 * 3, 230)};
    if (code.empty()) return frame;
    const auto modules =
        ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(0).encode(code, 0, 0);
    constexpr int kSide = 6;
    for (int y = 0; y < modules.height() * kSide; ++y) {
        for (int x = 0; x < modules.width() * kSide; ++x) {
            if (!modules.get(x / kSide, y / kSide)) continue;
            frame.grey[static_cast<std::size_t>((y + 120) * 640 + x + 200)] = 20;
        }
    }
    return frame;
}

// Films one picture, over and over, until it is told otherwise. Several may be open in turn.
struct Scene {
    std::mutex mutex;
    Frame frame = a_frame("");
    bool broken = false;
    std::atomic<int> opened{0};
    std::atomic<int> open_now{0};

    void show(const std::string& code) {
        const std::lock_guard lock(mutex);
        frame = a_frame(code);
        broken = false;
    }
    void breaks() {
        const std::lock_guard lock(mutex);
        broken = true;
    }

    // The driver: so many calls from now on do not come back before let_go().
    void hold(int calls) {
        const std::lock_guard lock(mutex);
        calls_to_hold = calls;
    }
    bool holds(int calls) {
        std::unique_lock lock(mutex);
        return held_changed.wait_for(lock, std::chrono::seconds(30),
                                     [&] { return held_now == calls; });
    }
    void let_go() {
        const std::lock_guard lock(mutex);
        calls_to_hold = 0;
        holding_over = true;
        held_changed.notify_all();
    }
    void pass_the_driver() {
        std::unique_lock lock(mutex);
        if (calls_to_hold == 0) return;
        --calls_to_hold;
        ++held_now;
        held_changed.notify_all();
        held_changed.wait(lock, [&] { return holding_over; });
        --held_now;
        held_changed.notify_all();
    }
    int calls_to_hold = 0;
    int held_now = 0;
    bool holding_over = false;
    std::condition_variable held_changed;
};

class SceneCamera final : public Camera {
  public:
    explicit SceneCamera(Scene& scene) : scene_(scene) {
        ++scene_.opened;
        ++scene_.open_now;
    }
    ~SceneCamera() override { --scene_.open_now; }

    Result<Frame, IoError> next() override {
        std::this_thread::sleep_for(Milliseconds(10));
        scene_.pass_the_driver();
        const std::lock_guard lock(scene_.mutex);
        if (scene_.broken) return fail(IoError{IoError::Kind::Unavailable, "unplugged"});
        return scene_.frame;
    }

  private:
    Scene& scene_;
};

class CameraDeskTest : public ::testing::Test {
  protected:
    CameraDeskTest() { desk.learn(mado::tests::ticket_rules()); }
    // The desk ends with the last of its threads.
    ~CameraDeskTest() override { scene.let_go(); }

    CameraMaker maker() {
        return [this]() -> Result<std::unique_ptr<Camera>, IoError> {
            return std::make_unique<SceneCamera>(scene);
        };
    }

    // Waits for a picture to show.
    std::optional<Frame> picture() {
        for (int look = 0; look < 3'000; ++look) {
            if (auto frame = desk.take_picture()) return frame;
            std::this_thread::sleep_for(Milliseconds(10));
        }
        return {};
    }

    bool comes(const std::function<bool()>& condition) {
        for (int look = 0; look < 3'000 && !condition(); ++look)
            std::this_thread::sleep_for(Milliseconds(10));
        return condition();
    }
    bool beats(const Heart& heart) {
        const auto before = heart.beats();
        return comes([&] { return heart.beats() != before; });
    }

    const std::string right = "212722050000123456";
    Scene scene;
    SystemClock clock;
    WaitingOutbox out;
    CameraDesk desk{maker(), clock, out.outbox(), [this] { out.wake(); }};
};

TEST_F(CameraDeskTest, ReadsATicketAndSaysItAgainWhileItIsHeldOut) {
    scene.show(right);
    desk.open({QuestionId{7}, CameraUse::Read});
    const auto scanned = out.wait_for<TicketScanned>();
    ASSERT_TRUE(scanned.has_value());
    EXPECT_EQ(scanned->camera, QuestionId{7});
    EXPECT_EQ(scanned->ticket.reveal(), mado::tests::a_ticket());
    EXPECT_TRUE(out.wait_for<TicketScanned>().has_value());
}

TEST_F(CameraDeskTest, SaysNothingMoreOnceItIsClosed) {
    scene.show(right);
    desk.open({QuestionId{7}, CameraUse::Read});
    ASSERT_TRUE(out.wait_for<TicketScanned>().has_value());
    desk.close();
    for (int look = 0; look < 3'000 && scene.open_now != 0; ++look) {
        std::this_thread::sleep_for(Milliseconds(10));
    }
    const std::size_t so_far = out.rest().size();
    std::this_thread::sleep_for(Milliseconds(50));
    EXPECT_EQ(out.rest().size(), so_far);
}

TEST_F(CameraDeskTest, ReadsTheSameTicketAgainForTheNextPerson) {
    scene.show(right);
    desk.open({QuestionId{1}, CameraUse::Read});
    ASSERT_TRUE(out.wait_for<TicketScanned>().has_value());
    desk.close();
    desk.open({QuestionId{2}, CameraUse::Read});
    const auto scanned = out.wait_for<TicketScanned>();
    ASSERT_TRUE(scanned.has_value());
    EXPECT_EQ(scanned->camera, QuestionId{2});
}

TEST_F(CameraDeskTest, SaysWhatAWrongCodeIsAndReadsOn) {
    scene.show("https://example.com/leaflet");
    desk.open({QuestionId{1}, CameraUse::Read});
    const auto refused = out.wait_for<ScanRefused>();
    ASSERT_TRUE(refused.has_value());
    EXPECT_EQ(refused->why, TicketError::NotATicket);

    scene.show("210110020000123456");
    const auto foreign = out.wait_for<ScanRefused>();
    ASSERT_TRUE(foreign.has_value());
    EXPECT_EQ(foreign->why, TicketError::OutsideServiceArea);

    scene.show(right);
    EXPECT_TRUE(out.wait_for<TicketScanned>().has_value());
}

TEST_F(CameraDeskTest, ShowsThePictureWhileItReadsAndNoneWhileItWatches) {
    desk.open({QuestionId{1}, CameraUse::Read});
    EXPECT_TRUE(picture().has_value());
    desk.close();
    EXPECT_FALSE(desk.take_picture().has_value());

    scene.show(right);
    desk.open({QuestionId{2}, CameraUse::Watch});
    ASSERT_TRUE(out.wait_for<TicketInView>().has_value());
    EXPECT_FALSE(desk.take_picture().has_value());
}

TEST_F(CameraDeskTest, SeesATicketThatLiesThereAndThatItHasGone) {
    scene.show(right);
    desk.open({QuestionId{3}, CameraUse::Watch});
    const auto in_view = out.wait_for<TicketInView>();
    ASSERT_TRUE(in_view.has_value());
    EXPECT_EQ(in_view->camera, QuestionId{3});
    scene.show("");
    EXPECT_TRUE(out.wait_for<TicketGone>().has_value());
    for (const Event& event : out.rest()) {
        EXPECT_FALSE(std::holds_alternative<TicketScanned>(event));
    }
}

TEST_F(CameraDeskTest, SaysThatTheCameraFailsAndThatItWorksAgain) {
    scene.breaks();
    desk.open({QuestionId{1}, CameraUse::Read});
    ASSERT_TRUE(out.wait_for<CameraFailed>().has_value());
    scene.show(right);
    EXPECT_TRUE(out.wait_for<CameraWorks>().has_value());
    EXPECT_TRUE(out.wait_for<TicketScanned>().has_value());
}

TEST_F(CameraDeskTest, LetsGoOfTheCameraWhenItIsNotWanted) {
    desk.open({QuestionId{1}, CameraUse::Read});
    ASSERT_TRUE(picture().has_value());
    EXPECT_EQ(scene.open_now, 1);
    desk.close();
    for (int look = 0; look < 3'000 && scene.open_now != 0; ++look) {
        std::this_thread::sleep_for(Milliseconds(10));
    }
    EXPECT_EQ(scene.open_now, 0);
}

TEST_F(CameraDeskTest, BothHeartsBeatWhileItRestsFilmsAndFails) {
    EXPECT_TRUE(beats(desk.filming_heart()));
    EXPECT_TRUE(beats(desk.looking_heart()));
    desk.open({QuestionId{1}, CameraUse::Read});
    ASSERT_TRUE(picture().has_value());
    EXPECT_TRUE(beats(desk.filming_heart()));
    EXPECT_TRUE(beats(desk.looking_heart()));
    scene.breaks();
    ASSERT_TRUE(out.wait_for<CameraFailed>().has_value());
    EXPECT_TRUE(beats(desk.filming_heart()));
    EXPECT_TRUE(beats(desk.looking_heart()));
}

TEST_F(CameraDeskTest, FilmsWithAnotherThreadWhenTheDriverHoldsTheFirst) {
    desk.open({QuestionId{1}, CameraUse::Read});
    ASSERT_TRUE(picture().has_value());
    scene.hold(1);
    ASSERT_TRUE(scene.holds(1));
    const auto at_standstill = desk.filming_heart().beats();
    std::this_thread::sleep_for(Milliseconds(1'200));
    EXPECT_EQ(desk.filming_heart().beats(), at_standstill);

    scene.show(right);
    desk.reopen();
    const auto scanned = out.wait_for<TicketScanned>();
    ASSERT_TRUE(scanned.has_value());
    EXPECT_EQ(scanned->camera, QuestionId{1});
    EXPECT_TRUE(beats(desk.filming_heart()));

    // The driver comes back: what it held is closed, and the other films on.
    scene.let_go();
    EXPECT_TRUE(comes([&] { return scene.open_now == 1; }));
    EXPECT_TRUE(beats(desk.filming_heart()));
    EXPECT_EQ(scene.opened, 2);
}

TEST_F(CameraDeskTest, LeavesNoSecondThreadInTheDriver) {
    desk.open({QuestionId{1}, CameraUse::Read});
    ASSERT_TRUE(picture().has_value());
    scene.hold(2);
    ASSERT_TRUE(scene.holds(1));
    desk.reopen();
    ASSERT_TRUE(scene.holds(2));
    const auto at_standstill = desk.filming_heart().beats();
    desk.reopen();
    std::this_thread::sleep_for(Milliseconds(1'200));
    EXPECT_EQ(scene.opened, 2);
    EXPECT_EQ(desk.filming_heart().beats(), at_standstill);

    // Once the first has come back there is room for another.
    scene.let_go();
    ASSERT_TRUE(comes([&] { return scene.open_now == 1; }));
    EXPECT_TRUE(beats(desk.filming_heart()));
    desk.reopen();
    EXPECT_TRUE(comes([&] { return scene.opened == 3; }));
    EXPECT_TRUE(picture().has_value());
}

TEST_F(CameraDeskTest, BesideAThreadThatIsStuckACameraThatFailsDoesNotCountAsAlive) {
    desk.open({QuestionId{1}, CameraUse::Read});
    ASSERT_TRUE(picture().has_value());
    scene.hold(1);
    ASSERT_TRUE(scene.holds(1));
    scene.breaks();
    desk.reopen();
    ASSERT_TRUE(out.wait_for<CameraFailed>().has_value());
    const auto at_standstill = desk.filming_heart().beats();
    std::this_thread::sleep_for(Milliseconds(1'200));
    EXPECT_EQ(desk.filming_heart().beats(), at_standstill);
    scene.let_go();
    EXPECT_TRUE(beats(desk.filming_heart()));
}

TEST(CameraDesk, EndsWhileTheCameraIsMissing) {
    SystemClock clock;
    WaitingOutbox out;
    CameraDesk desk(
        []() -> Result<std::unique_ptr<Camera>, IoError> {
            return fail(IoError{IoError::Kind::Unavailable, "no camera"});
        },
        clock, out.outbox(), [] {});
    desk.open({QuestionId{1}, CameraUse::Read});
    EXPECT_TRUE(out.wait_for<CameraFailed>().has_value());
}

}  // namespace
}  // namespace mado::kiosk::tests
