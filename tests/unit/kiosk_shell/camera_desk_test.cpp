#include "kiosk/shell/camera_desk.h"

#include "shared/platform/clock.h"
#include "tests/support/builders.h"
#include "tests/unit/kiosk_shell/waiting_outbox.h"

#include <atomic>
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
