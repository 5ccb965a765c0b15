#include "kiosk/shell/checks.h"

#include "sync/protocol/messages.h"
#include "tests/support/builders.h"
#include "tests/support/fake_camera.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_network.h"
#include "tests/support/fake_printer.h"
#include "tests/support/fake_speaker.h"
#include "tests/support/scratch_folder.h"

#include <gmock/gmock.h>

namespace mado::kiosk {

// For failures' messages.
void PrintTo(CheckState state, std::ostream* out) {
    *out << "state " << static_cast<int>(state);
}

namespace tests {
namespace {

using mado::tests::a_picture;
using mado::tests::FakeCamera;
using mado::tests::FakeClock;
using mado::tests::FakeNetwork;
using mado::tests::FakePrinter;
using mado::tests::FakeSpeaker;
using mado::tests::now;
using mado::tests::ScratchFolder;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = IoError::Kind;

MATCHER_P2(Is, state, reason, "") {
    *result_listener << "which is " << arg.what.name << ", " << arg.detail;
    return arg.state == state && std::string_view(arg.what.name) == reason;
}

std::string value_of(const Finding& finding, std::string_view name) {
    for (const Argument& argument : finding.arguments) {
        if (argument.name == name) return argument.value;
    }
    return "none";
}

std::string way_out_of(const Finding& finding) {
    return finding.way_out ? finding.way_out->name : "none";
}

// ── disk ──

TEST(DiskCheck, WritesAndLeavesNothingBehind) {
    const ScratchFolder folder;
    FakeClock clock(now());
    const auto reading = read_disk(folder.path(), clock);
    ASSERT_TRUE(reading.ok());
    EXPECT_GT(reading->free_bytes, 0u);
    EXPECT_EQ(reading->durable_write, milliseconds(0)) << "measured by the clock that it was given";
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(DiskCheck, AFolderThatIsNotThereFails) {
    const ScratchFolder folder;
    FakeClock clock(now());
    const auto finding = disk_finding(read_disk(folder / "nowhere", clock));
    EXPECT_THAT(finding, Is(CheckState::Failed, "check.disk_not_written"));
    EXPECT_EQ(way_out_of(finding), "check.disk_write_way");
    EXPECT_THAT(finding.detail, HasSubstr("nowhere"));
}

TEST(DiskCheck, SaysRoomAndTime) {
    const auto finding = disk_finding(DiskReading{5'368'709'120u, milliseconds(12)});
    EXPECT_THAT(finding, Is(CheckState::Ok, "check.disk_ok"));
    EXPECT_EQ(value_of(finding, "free"), "5.0 GB");
    EXPECT_EQ(value_of(finding, "ms"), "12");
    EXPECT_FALSE(finding.way_out.has_value());
}

TEST(DiskCheck, LittleRoomFails) {
    constexpr std::uintmax_t kEnough = 200u << 20;
    EXPECT_EQ(disk_finding(DiskReading{kEnough, milliseconds(1)}).state, CheckState::Ok);
    const auto finding = disk_finding(DiskReading{kEnough - 1, milliseconds(1)});
    EXPECT_EQ(finding.state, CheckState::Failed);
    EXPECT_EQ(way_out_of(finding), "check.disk_full_way");
}

TEST(DiskCheck, ASlowDiskFails) {
    EXPECT_EQ(disk_finding(DiskReading{1u << 30, seconds(1)}).state, CheckState::Ok);
    const auto finding = disk_finding(DiskReading{1u << 30, milliseconds(1001)});
    EXPECT_EQ(finding.state, CheckState::Failed);
    EXPECT_EQ(way_out_of(finding), "check.disk_slow_way");
}

TEST(DiskCheck, AFullDiskIsToldApart) {
    const auto finding = disk_finding(fail(IoError{Kind::Full, "no space left"}));
    EXPECT_THAT(finding, Is(CheckState::Failed, "check.disk_not_written"));
    EXPECT_EQ(way_out_of(finding), "check.disk_full_way");
}

// ── network and clock ──

class NetworkCheck : public testing::Test {
  protected:
    // The answer comes after `took`.
    ServerContact ask(FakeNetwork::Answer answer, Milliseconds took = Milliseconds(0)) {
        FakeNetwork network([&, answer](const HttpRequest& request) {
            asked = request;
            clock.advance(took);
            return answer;
        });
        return ask_server(network, "town.example:8444", clock);
    }
    static FakeNetwork::Answer says(int status, std::string body) {
        return HttpResponse{status, "application/json", std::move(body)};
    }
    static FakeNetwork::Answer refuses(int status, const std::string& word) {
        return says(status, sync::to_json(sync::Refusal{word, "No."}));
    }

    FakeClock clock{now()};
    HttpRequest asked;
};

TEST_F(NetworkCheck, AsksForNothingAndHearsTheTime) {
    const auto contact =
        ask(says(200, sync::to_json(sync::LeaseAnswer{{}, now() + seconds(3)})), milliseconds(40));
    EXPECT_THAT(contact.finding, Is(CheckState::Ok, "check.network_ok"));
    EXPECT_EQ(value_of(contact.finding, "address"), "town.example:8444");
    EXPECT_EQ(value_of(contact.finding, "ms"), "40");
    EXPECT_EQ(contact.clock_offset, seconds(3) - milliseconds(40));
    const auto wish = sync::parse_lease_request(asked.body);
    ASSERT_TRUE(wish.ok());
    EXPECT_THAT(wish->wishes, IsEmpty());
    EXPECT_LE(asked.timeout, seconds(5));
}

TEST_F(NetworkCheck, ACableThatIsOutFails) {
    const auto contact = ask(fail(IoError{Kind::Unavailable, "Couldn't connect to server"}));
    EXPECT_THAT(contact.finding, Is(CheckState::Failed, "check.no_answer"));
    EXPECT_EQ(way_out_of(contact.finding), "check.no_answer_way");
    EXPECT_EQ(contact.finding.detail, "Couldn't connect to server");
    EXPECT_FALSE(contact.clock_offset.has_value());
}

TEST_F(NetworkCheck, ADeviceThatIsShutOutIsToldToEnrolAgain) {
    for (const char* word : {"revoked", "fenced", "not-enrolled", "not-confirmed"}) {
        const auto contact = ask(refuses(403, word));
        EXPECT_THAT(contact.finding, Is(CheckState::Failed, "check.shut_out"));
        EXPECT_THAT(contact.finding.detail, HasSubstr(word));
        EXPECT_FALSE(contact.clock_offset.has_value());
    }
}

TEST_F(NetworkCheck, AServerInTroubleIsToldApartFromNone) {
    for (const auto& answer :
         {refuses(503, "full"), says(200, "<html>Please log in</html>"), says(502, "")}) {
        EXPECT_THAT(ask(answer).finding, Is(CheckState::Failed, "check.server_broken"));
    }
    // Whoever says 403 without our words is not our server's application.
    EXPECT_THAT(ask(says(403, "<html>")).finding, Is(CheckState::Failed, "check.server_broken"));
}

TEST(ClockCheck, TenSecondsAreBorneAsTheKioskBearsThem) {
    for (const auto offset : {seconds(0), seconds(10), seconds(-10)}) {
        EXPECT_THAT(clock_finding(offset), Is(CheckState::Ok, "check.clock_ok"));
    }
    EXPECT_EQ(value_of(clock_finding(seconds(-7)), "seconds"), "7");
}

TEST(ClockCheck, AClockThatIsOffSaysWhichWay) {
    EXPECT_THAT(clock_finding(milliseconds(10'001)), Is(CheckState::Failed, "check.clock_late"));
    const auto early = clock_finding(-seconds(86'400));
    EXPECT_THAT(early, Is(CheckState::Failed, "check.clock_early"));
    EXPECT_EQ(value_of(early, "seconds"), "86400");
    EXPECT_EQ(way_out_of(early), "check.clock_way");
}

TEST(ClockCheck, AClockThatNobodyHasComparedIsNotCalledWrong) {
    EXPECT_THAT(clock_finding({}), Is(CheckState::LeftOut, "check.clock_unknown"));
}

// ── camera ──

TEST(CameraCheck, SaysSizeAndBrightnessOfAPictureThatMoves) {
    FakeCamera camera({a_picture(0), a_picture(40), a_picture(51, 1280, 720)});
    const auto finding = check_camera(camera);
    EXPECT_THAT(finding, Is(CheckState::Ok, "check.camera_ok"));
    EXPECT_EQ(value_of(finding, "width"), "1280");
    EXPECT_EQ(value_of(finding, "height"), "720");
    EXPECT_EQ(value_of(finding, "light"), "20");
}

TEST(CameraCheck, APictureThatStandsFails) {
    FakeCamera camera({a_picture(120)});
    const auto finding = check_camera(camera);
    EXPECT_THAT(finding, Is(CheckState::Failed, "check.camera_still"));
    EXPECT_EQ(way_out_of(finding), "check.camera_cable_way");
}

TEST(CameraCheck, ACoveredLensFails) {
    FakeCamera camera({a_picture(4), a_picture(5)});
    EXPECT_THAT(check_camera(camera), Is(CheckState::Failed, "check.camera_dark"));
}

TEST(CameraCheck, NothingButLightFails) {
    FakeCamera camera({a_picture(254), a_picture(255)});
    EXPECT_THAT(check_camera(camera), Is(CheckState::Failed, "check.camera_white"));
}

TEST(CameraCheck, ACameraWithoutPicturesFailsInABoundedNumberOfLooks) {
    FakeCamera camera({a_picture(120)});
    camera.fail_repeatedly({Kind::Unavailable, "camera: the device gives no picture"});
    const auto finding = check_camera(camera);
    EXPECT_THAT(finding, Is(CheckState::Failed, "check.camera_no_picture"));
    EXPECT_EQ(finding.detail, "camera: the device gives no picture");
    EXPECT_LE(camera.looks(), 20);
}

TEST(CameraCheck, OnePictureThatIsLateIsWaitedFor) {
    FakeCamera camera({a_picture(90), a_picture(91)});
    camera.fail_next({Kind::Unavailable, "camera: the device gives no picture"});
    EXPECT_THAT(check_camera(camera), Is(CheckState::Ok, "check.camera_ok"));
}

// ── sound ──

TEST(SoundCheck, SpeaksTheSentence) {
    FakeSpeaker speaker;
    const auto finding = check_sound(speaker, {"ja", "", std::string("おとの てんけんです。")});
    EXPECT_THAT(finding, Is(CheckState::Ok, "check.sound_ok"));
    ASSERT_EQ(speaker.heard().size(), 1u);
    EXPECT_EQ(std::get<std::string>(speaker.heard().front().utterance.reading),
              "おとの てんけんです。");
}

TEST(SoundCheck, AMissingDeviceIsToldAndIsNoFailure) {
    FakeSpeaker speaker;
    speaker.fail_next({Kind::Unavailable, "no sound device"});
    const auto finding = check_sound(speaker, {"ja", "", std::string("あ")});
    EXPECT_THAT(finding, Is(CheckState::NotThere, "check.sound_missing"));
    EXPECT_EQ(way_out_of(finding), "check.sound_way");
    EXPECT_EQ(finding.detail, "no sound device");
}

TEST(SoundCheck, AVoiceThatCannotBeMadeFails) {
    FakeSpeaker speaker;
    speaker.fail_next({Kind::Refused, "no voice for this language"});
    EXPECT_THAT(check_sound(speaker, {"ja", "", std::string("あ")}),
                Is(CheckState::Failed, "check.sound_failed"));
}

// ── printer ──

TEST(PrinterCheck, PrintsThePage) {
    FakePrinter printer;
    const auto finding = check_printer(printer, {"test page", {'%', 'P', 'D', 'F'}});
    EXPECT_THAT(finding, Is(CheckState::Ok, "check.printer_ok"));
    ASSERT_EQ(printer.documents().size(), 1u);
    EXPECT_EQ(printer.documents().front().name, "test page");
}

TEST(PrinterCheck, WhatStopsAPrinterSaysWhatToDo) {
    struct Case {
        IoError error;
        const char* way_out;
    };
    for (const auto& [error, way_out] :
         {Case{{Kind::Unavailable, "media-empty-error"}, "check.printer_paper_way"},
          Case{{Kind::Unavailable, "media-needed"}, "check.printer_paper_way"},
          Case{{Kind::Unavailable, "cover-open"}, "check.printer_cover_way"},
          Case{{Kind::Unavailable, "media-jam-warning"}, "check.printer_jam_way"},
          Case{{Kind::Unavailable, "offline: the printer is not reached"}, "check.printer_off_way"},
          Case{{Kind::Refused, "the printer takes no PDF"}, "check.printer_pdf_way"}}) {
        FakePrinter printer;
        printer.fail_next(error);
        const auto finding = check_printer(printer, {"test page", {}});
        EXPECT_THAT(finding, Is(CheckState::Failed, "check.printer_failed"));
        EXPECT_EQ(way_out_of(finding), way_out) << error.what;
        EXPECT_EQ(finding.detail, error.what);
    }
}

}  // namespace
}  // namespace tests
}  // namespace mado::kiosk
