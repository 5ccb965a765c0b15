// The slip as paper: rendered, then read again by poppler and ZXing as a desk would.

#include "shared/slip/slip_pdf.h"

#include "tests/support/builders.h"
#include "tests/unit/slip/printed.h"

#include <algorithm>
#include <array>

#include <ZXing/DecodeHints.h>
#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>

namespace mado {
namespace {

using ::testing::HasSubstr;
using tests::Picture;
using tests::Printed;

// 254 dots an inch: ten a millimetre.
constexpr int kDotsPerMm = 10;

SlipWords japanese_words() {
    return {"接種のご予約",
            "みどり市",
            "7月12日（月）",
            "午前9時30分",
            "会場",
            "第1公民館",
            "接種",
            "1回目　ファイザー（コミナティ）",
            "変更・取消",
            "7月10日（土）まで、お電話で承ります",
            "お持ちください",
            {"接種券（台紙ごと）", "予診票", "本人確認書類", "お薬手帳", "肩を出しやすい服装"},
            "お名前",
            "予約番号",
            "受付でお見せください"};
}

SlipWords english_words() {
    return {"Your vaccination",
            "Midori City",
            "Wed 22 September",
            "10:45 am",
            "Place",
            "Community Centre 1",
            "Dose",
            "1st dose, Pfizer (Comirnaty)",
            "Changes",
            "Until Mon 20 September, by telephone",
            "Please bring",
            {"Your ticket, the whole sheet", "Screening form", "Proof of identity",
             "Medicine notebook", "Clothes that bare the shoulder"},
            "Name",
            "Booking number",
            "Show this at the desk"};
}

Slip a_slip() {
    // As long as a signed booking: 193 bytes in Base45, with the prefix.
    std::string code = "MADO1:";
    while (code.size() < 296)
        code += "6BFOXN%TSMAHN-H8Q$0 W.Z"[code.size() % 23];
    const Slot slot = tests::a_slot();
    return {tests::a_booking(127),
            slot,
            tests::a_venue(),
            tests::a_vaccine(),
            tests::a_town(),
            last_day_to_change(slot.date, 2),
            code};
}

Printed print(const Slip& slip, const SlipWords& words, Paper paper) {
    const auto pdf = render_slip(slip, words, paper);
    EXPECT_TRUE(pdf.ok());
    return Printed(pdf.ok() ? *pdf : Bytes{});
}

ZXing::Result code_on(const Picture& picture) {
    const ZXing::ImageView view(picture.grey.data(), picture.width, picture.height,
                                ZXing::ImageFormat::Lum);
    return ZXing::ReadBarcode(
        view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true));
}

// How many rows of dots the tallest unbroken band of ink within these columns has.
int tallest_band(const Picture& picture, int left, int right, int bottom) {
    int tallest = 0;
    int height = 0;
    for (int y = 0; y < bottom; ++y) {
        height = picture.inked_in(left, y, right, y + 1) ? height + 1 : 0;
        tallest = std::max(tallest, height);
    }
    return tallest;
}

void expect_clean_margins(const Picture& picture) {
    const int margin = 5 * kDotsPerMm;
    const int width = picture.width;
    const int height = picture.height;
    EXPECT_FALSE(picture.inked_in(0, 0, width, margin)) << "ink at the top edge";
    EXPECT_FALSE(picture.inked_in(0, height - margin, width, height)) << "ink at the bottom edge";
    EXPECT_FALSE(picture.inked_in(0, 0, margin, height)) << "ink at the left edge";
    EXPECT_FALSE(picture.inked_in(width - margin, 0, width, height)) << "ink at the right edge";
}

TEST(Slip, SaysAllThatAPersonNeeds) {
    const std::string text = print(a_slip(), japanese_words(), Paper::A5).text();
    for (const char* part :
         {"接種のご予約", "みどり市", "7月12日", "月", "午前9時30分", "第1公民館",
          "みどり市中央1丁目1-1", "072-000-0001", "1回目", "ファイザー", "7月10日", "072-000-0000",
          "台紙ごと", "予診票", "本人確認書類", "お薬手帳", "肩を出しやすい服", "お名前",
          "予約番号"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    EXPECT_THAT(text, HasSubstr(a_slip().booking.id.short_number()));
}

TEST(Slip, SpeaksEnglishToo) {
    const std::string text = print(a_slip(), english_words(), Paper::A5).text();
    EXPECT_THAT(text, HasSubstr("Wed22September"));
    EXPECT_THAT(text, HasSubstr("Clothesthatbaretheshoulder"));
}

// Nothing of a script may be left to chance: whatever a typeface lacked would come out as a box.
TEST(Slip, SpeaksChineseKoreanAndVietnamese) {
    const std::vector<std::pair<Script, const char*>> titles = {
        {Script::Chinese, "疫苗接种预约单"},
        {Script::Korean, "백신접종예약표"},
        {Script::Vietnamese, "Phiếuhẹntiêmchủng"}};
    for (const auto& [script, title] : titles) {
        SlipWords words = english_words();
        words.script = script;
        words.title = title;
        EXPECT_THAT(print(a_slip(), words, Paper::A5).text(), HasSubstr(title));
    }
}

TEST(Slip, IsOnePageOfItsPaper) {
    const Printed a5 = print(a_slip(), japanese_words(), Paper::A5);
    EXPECT_EQ(a5.pages(), 1);
    EXPECT_NEAR(a5.picture().width, 148 * kDotsPerMm, 2);
    EXPECT_NEAR(a5.picture().height, 210 * kDotsPerMm, 2);

    const Printed a4 = print(a_slip(), japanese_words(), Paper::A4);
    EXPECT_EQ(a4.pages(), 1);
    EXPECT_NEAR(a4.picture().width, 210 * kDotsPerMm, 10);
    EXPECT_NEAR(a4.picture().height, 297 * kDotsPerMm, 10);
}

TEST(Slip, CarriesTheSignedBookingAsACodeThatADeskReads) {
    const Slip slip = a_slip();
    for (const Paper paper : {Paper::A5, Paper::A4}) {
        const Picture picture = print(slip, japanese_words(), paper).picture();
        const auto code = code_on(picture);
        ASSERT_TRUE(code.isValid());
        EXPECT_EQ(code.text(), slip.code);
    }
}

TEST(Slip, PrintsModulesThatACheapScannerResolves) {
    const Picture picture = print(a_slip(), japanese_words(), Paper::A5).picture();
    const auto code = code_on(picture);
    ASSERT_TRUE(code.isValid());
    const auto corners = code.position();
    // The upper edge of a finder pattern is seven modules of ink.
    int run = 0;
    while (picture.inked(corners.topLeft().x + 2 + run, corners.topLeft().y + 2))
        ++run;
    const double module = (run + 2) / 7.0;
    EXPECT_GE(module, 0.4 * kDotsPerMm);
    EXPECT_LE(module, 0.8 * kDotsPerMm);

    // Four modules of nothing around it.
    const int quiet = static_cast<int>(4 * module) - 1;
    EXPECT_FALSE(picture.inked_in(corners.topLeft().x - quiet, corners.topLeft().y - quiet,
                                  corners.topLeft().x - 3, corners.bottomLeft().y + quiet));
    EXPECT_FALSE(picture.inked_in(corners.topLeft().x - quiet, corners.topLeft().y - quiet,
                                  corners.topRight().x + quiet, corners.topLeft().y - 3));
    EXPECT_FALSE(picture.inked_in(corners.topLeft().x - quiet, corners.bottomLeft().y + 3,
                                  corners.topRight().x + quiet, corners.bottomLeft().y + quiet));
}

TEST(Slip, ShowsDayAndTimeInDigitsOfTenMillimetres) {
    SlipWords words = japanese_words();
    for (const bool day : {true, false}) {
        words.day = day ? "8" : "";
        words.time = day ? "" : "8";
        const Picture picture = print(a_slip(), words, Paper::A5).picture();
        // Within the frame, left of everything else; its own lines are thinner than a digit.
        EXPECT_GE(tallest_band(picture, 13 * kDotsPerMm, 30 * kDotsPerMm, 70 * kDotsPerMm),
                  10 * kDotsPerMm);
    }
}

TEST(Slip, KeepsTheLongestNamesOnThePaper) {
    Slip slip = a_slip();
    SlipWords words = japanese_words();
    words.venue = "";
    slip.venue.address = "";
    while (slip.venue.address.size() < 600)
        slip.venue.address += "みどり市中央一丁目二番三号";
    while (words.venue.size() < 300)
        words.venue += "総合福祉保健センター";
    words.day = "12月28日（月・祝日の振替）午後の部";
    const Printed printed = print(slip, words, Paper::A5);
    const Picture picture = printed.picture();
    expect_clean_margins(picture);
    EXPECT_EQ(code_on(picture).text(), slip.code);
    const std::string text = printed.text();
    EXPECT_THAT(text, HasSubstr("肩を出しやすい服"));
    EXPECT_THAT(text, HasSubstr("お名前"));
}

TEST(Slip, KeepsEvenAbsurdNamesOnThePaper) {
    Slip slip = a_slip();
    SlipWords words = english_words();
    slip.venue.address = std::string(5'000, 'W');
    slip.venue.telephone = std::string(300, '8');
    words.venue = std::string(2'000, 'M');
    words.title = std::string(500, 'T');
    const Printed printed = print(slip, words, Paper::A5);
    EXPECT_EQ(printed.pages(), 1);
    expect_clean_margins(printed.picture());
    EXPECT_EQ(code_on(printed.picture()).text(), slip.code);
}

TEST(Slip, HasCleanMarginsAsItUsuallyIs) {
    for (const Paper paper : {Paper::A5, Paper::A4}) {
        expect_clean_margins(print(a_slip(), japanese_words(), paper).picture());
        expect_clean_margins(print(a_slip(), english_words(), paper).picture());
    }
}

TEST(Slip, RefusesACodeThatFitsNoQr) {
    Slip slip = a_slip();
    slip.code = std::string(5'000, 'A');
    EXPECT_EQ(render_slip(slip, japanese_words(), Paper::A5).error().kind, IoError::Kind::Refused);
    slip.code.clear();
    EXPECT_EQ(render_slip(slip, japanese_words(), Paper::A5).error().kind, IoError::Kind::Refused);
}

}  // namespace
}  // namespace mado
