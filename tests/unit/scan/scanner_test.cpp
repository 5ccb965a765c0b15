#include "shared/scan/scanner.h"

#include "tests/unit/scan/pictures.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mado::scan {
namespace {

using tests::a_desk_with_a_ticket;
using tests::an_empty_desk;
using tests::Dice;
using tests::kTicketLine;
using tests::Picture;

Instant at(int milliseconds) {
    return Instant(Milliseconds(1'625'450'400'000 + milliseconds));
}

// What a scanner that sees one picture alone reads in it; "" where nothing.
std::string read(const Picture& picture) {
    Scanner scanner({Effort::Picture, {}, {}});
    const auto seen = scanner.look(picture.frame(), at(0));
    EXPECT_EQ(seen.code_in_view, !seen.codes.empty());
    return seen.codes.empty() ? "" : seen.codes.front().text.reveal();
}

Picture a_picture_of_a_code(int module) {
    return Picture(640, 480, 160).qr(kTicketLine, 200, 120, module);
}

TEST(Scanner, ReadsAQrCodeWithOneModuleOfQuietZone) {
    for (const int module : {2, 3, 4, 6, 10, 14}) {
        EXPECT_EQ(read(a_picture_of_a_code(module)), kTicketLine) << module;
    }
    // Dark right up to the one module.
    EXPECT_EQ(read(Picture(640, 480, 20).qr(kTicketLine, 200, 120, 6)), kTicketLine);
}

TEST(Scanner, ReadsAtAnyAngle) {
    for (int degrees = 0; degrees < 360; degrees += 15) {
        EXPECT_EQ(read(a_picture_of_a_code(6).turned(degrees)), kTicketLine) << degrees;
    }
}

TEST(Scanner, ReadsThroughBlurNoiseAndTheDark) {
    Dice dice(11);
    EXPECT_EQ(read(a_picture_of_a_code(6).blurred(2)), kTicketLine);
    EXPECT_EQ(read(a_picture_of_a_code(6).noisy(dice, 40)), kTicketLine);
    EXPECT_EQ(read(a_picture_of_a_code(6).darkened(0.25).noisy(dice, 4)), kTicketLine);
}

TEST(Scanner, ReadsADarkScreen) {
    EXPECT_EQ(read(a_picture_of_a_code(6).inverted()), kTicketLine);
    EXPECT_EQ(read(a_picture_of_a_code(12).inverted()), kTicketLine);
}

TEST(Scanner, ReadsAnNw7Barcode) {
    const Picture sheet = Picture(1280, 720, 200).nw7("A0000123456A", 300, 300, 2, 60);
    Scanner scanner({Effort::Picture, {}, {}});
    const auto seen = scanner.look(sheet.frame(), at(0));
    ASSERT_EQ(seen.codes.size(), 1U);
    EXPECT_EQ(seen.codes[0].format, CodeFormat::Nw7);
    EXPECT_EQ(seen.codes[0].text.reveal(), "0000123456");
    EXPECT_EQ(read(Picture(1280, 720, 200).nw7("D" + kTicketLine + "B", 300, 300, 2, 60)),
              kTicketLine);
}

TEST(Scanner, TakesNoShortBarcodeForATicket) {
    EXPECT_EQ(read(Picture(1280, 720, 200).nw7("A12345678A", 300, 300, 2, 60)), "");
}

TEST(Scanner, SaysWhereACodeStands) {
    for (const int module : {2, 6, 12}) {
        Scanner scanner({Effort::Picture, {}, {}});
        const auto seen = scanner.look(a_picture_of_a_code(module).frame(), at(0));
        ASSERT_EQ(seen.codes.size(), 1U);
        const auto& corners = seen.codes[0].corners;
        const int side = 21 * module;
        const int left = 200 + module;
        const int top = 120 + module;
        EXPECT_NEAR(corners[0].x, left, module + 1);
        EXPECT_NEAR(corners[0].y, top, module + 1);
        EXPECT_NEAR(corners[1].x, left + side, module + 1);
        EXPECT_NEAR(corners[2].y, top + side, module + 1);
        EXPECT_NEAR(corners[3].x, left, module + 1);
    }
}

TEST(Scanner, ReadsOneOfTheStickersOfASheet) {
    for (const int module : {3, 5, 8}) {
        const std::string text = read(a_desk_with_a_ticket(module));
        ASSERT_EQ(text.size(), kTicketLine.size()) << module;
        EXPECT_EQ(text.substr(2), kTicketLine.substr(2));
    }
}

TEST(Scanner, SeesNothingWhereNothingIs) {
    EXPECT_EQ(read(an_empty_desk()), "");
    Dice dice(2);
    EXPECT_EQ(read(Picture(640, 480, 128).noisy(dice, 120)), "");
    EXPECT_EQ(read(Picture(640, 480, 0)), "");
    EXPECT_EQ(read(Picture(640, 480, 255)), "");
}

TEST(Scanner, BearsFramesOfAnyShape) {
    EXPECT_EQ(read(Picture(1, 1, 0)), "");
    EXPECT_EQ(read(Picture(21, 21, 0)), "");
    EXPECT_EQ(read(Picture(4000, 22, 200)), "");
    EXPECT_EQ(read(Picture(4000, 3000, 200).qr(kTicketLine, 1500, 1000, 20)), kTicketLine);
    Scanner scanner({Effort::Picture, {}, {}});
    EXPECT_FALSE(scanner.look(Frame{}, at(0)).code_in_view);
    EXPECT_FALSE(scanner.look(Frame{640, 480, {}, {}}, at(0)).code_in_view);
    EXPECT_FALSE(scanner.look(Frame{-5, 480, {}, {}}, at(0)).code_in_view);
}

TEST(ScannerOfAFilm, ReportsACodeOnceWhileItStays) {
    Scanner scanner({});
    const Frame frame = a_desk_with_a_ticket(4).frame();
    EXPECT_EQ(scanner.look(frame, at(0)).codes.size(), 1U);
    for (int now = 33; now < 3'000; now += 330) {
        const auto seen = scanner.look(frame, at(now));
        EXPECT_TRUE(seen.codes.empty()) << now;
        EXPECT_TRUE(seen.code_in_view) << now;
    }
    EXPECT_EQ(scanner.look(frame, at(3'000)).codes.size(), 1U);
}

TEST(ScannerOfAFilm, SeesACodeComeAndGo) {
    Scanner scanner({});
    EXPECT_FALSE(scanner.look(an_empty_desk().frame(), at(0)).code_in_view);
    EXPECT_TRUE(scanner.look(a_desk_with_a_ticket(4).frame(), at(33)).code_in_view);
    EXPECT_FALSE(scanner.look(an_empty_desk().frame(), at(66)).code_in_view);
    const auto back = scanner.look(a_desk_with_a_ticket(4).frame(), at(99));
    EXPECT_TRUE(back.code_in_view);
    EXPECT_TRUE(back.codes.empty()) << "taken away and held out again within the time";
}

TEST(ScannerOfAFilm, ReportsTwoCodesApart) {
    Scanner scanner({});
    const auto sheet = [](const char* line) {
        return Picture(640, 480, 160).qr(line, 200, 120, 5).frame();
    };
    const auto first = scanner.look(sheet("212722050000000001"), at(0));
    const auto second = scanner.look(sheet("222722050000000002"), at(33));
    ASSERT_EQ(first.codes.size(), 1U);
    ASSERT_EQ(second.codes.size(), 1U);
    EXPECT_EQ(second.codes[0].text.reveal(), "222722050000000002");
    EXPECT_TRUE(scanner.look(sheet("212722050000000001"), at(66)).codes.empty());
}

TEST(ScannerOfAFilm, KeepsNothingOfThePersonBefore) {
    Scanner scanner({});
    const Frame frame = a_desk_with_a_ticket(4).frame();
    EXPECT_EQ(scanner.look(frame, at(0)).codes.size(), 1U);
    scanner.forget();
    EXPECT_EQ(scanner.look(frame, at(33)).codes.size(), 1U) << "the same sheet, a new visit";
    scanner.forget();
    EXPECT_FALSE(scanner.look(an_empty_desk().frame(), at(66)).code_in_view);
}

// What is not read at first: the less likely ways take turns, and a frame that seems unchanged is
// not believed to be so for ever.
int reports_of_a_still(const Picture& picture) {
    Scanner scanner({});
    const Frame frame = picture.frame();
    int reports = 0;
    for (int now = 0; now <= 2'500; now += 33) {
        reports += static_cast<int>(scanner.look(frame, at(now)).codes.size());
    }
    return reports;
}

TEST(ScannerOfAFilm, ComesToTheLessLikelyInItsTurns) {
    EXPECT_EQ(reports_of_a_still(a_picture_of_a_code(6).inverted()), 1);
    EXPECT_EQ(reports_of_a_still(Picture(1280, 720, 200).nw7("A0000123456A", 300, 300, 2, 60)), 1);
    EXPECT_EQ(reports_of_a_still(an_empty_desk()), 0);
}

TEST(ScannerOfAFilm, SaysWhereASmallCodeStands) {
    Scanner scanner({});
    // Too fine for the whole picture, readable where its middle is enlarged.
    const Frame frame =
        Picture(1280, 720, 200).qr(kTicketLine, 600, 300, 3).turned(15).blurred(1).frame();
    EXPECT_TRUE(scanner.look(frame, at(0)).codes.empty());
    std::vector<Code> codes;
    for (int now = 33; codes.empty() && now < 1'000; now += 33) {
        codes = scanner.look(frame, at(now)).codes;
    }
    ASSERT_EQ(codes.size(), 1U);
    EXPECT_NEAR(codes[0].corners[0].x, 590, 4);
    EXPECT_NEAR(codes[0].corners[0].y, 315, 4);
}

TEST(ScannerOfAFilm, BearsAClockThatJumps) {
    Scanner scanner({});
    const Frame frame = a_desk_with_a_ticket(4).frame();
    EXPECT_EQ(scanner.look(frame, at(0)).codes.size(), 1U);
    EXPECT_EQ(scanner.look(frame, at(-3'600'000)).codes.size(), 1U);
    EXPECT_TRUE(scanner.look(frame, at(-3'600'000 + 33)).codes.empty());
}

}  // namespace
}  // namespace mado::scan
