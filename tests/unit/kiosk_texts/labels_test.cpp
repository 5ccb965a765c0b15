// What can be touched says what it is when it is pointed at. That each target of each screen has a
// label is for the gallery, which paints them.

#include "tests/gallery/boards.h"
#include "tests/support/builders.h"
#include "tests/unit/kiosk_texts/speaking.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

Kiosk board(const std::string& name, Language language = Language::Japanese) {
    for (const auto& board : mado::tests::boards(language)) {
        if (board.name == name) return board.kiosk;
    }
    ADD_FAILURE() << "no board " << name;
    return {};
}

std::string label(const Kiosk& kiosk, std::string_view target) {
    const auto sentence = label_of(kiosk, target, all_readings());
    return sentence ? words_of(*sentence) : "";
}

bool is_whispered(const Kiosk& kiosk, std::string_view target) {
    const auto sentence = label_of(kiosk, target, all_readings());
    return sentence && is_personal(*sentence);
}

TEST(Labels, AreAllThatIsSaidOfWhereTheKeysHaveLedTo) {
    Kiosk kiosk = board("typing_number");
    EXPECT_TRUE(speech_of(kiosk, Say::Focus, all_readings()).empty());
    kiosk.visit.focus = {"enter", "no_such_target", "digit/5"};
    const auto said = speech_of(kiosk, Say::Focus, all_readings());
    ASSERT_EQ(said.size(), 2u);
    EXPECT_EQ(words_of(said[0]), label(kiosk, "enter"));
    EXPECT_TRUE(is_personal(said[1])) << "a digit is for a headset alone";
}

TEST(Labels, MeanWhatTheirScreenMeansByThem) {
    EXPECT_EQ(label(board("welcome"), "start"), "よやくを はじめる");
    EXPECT_EQ(label(board("confirming_birth"), "yes"), "はい、あっています");
    EXPECT_EQ(label(board("confirming_booking"), "yes"), "よやくする");
    EXPECT_EQ(label(board("confirming_booking-change"), "yes"), "へんこうする");
    EXPECT_EQ(label(board("asking_cancel"), "no"), "とりけさない");
    EXPECT_EQ(label(board("not_matched"), "scan_instead"), "せっしゅけんを みせなおす");
    EXPECT_EQ(label(board("typing_number"), "scan_instead"), "カメラで よみとる");
    EXPECT_EQ(label(board("showing_booking"), "print"), "よやくひょうを いんさつする");
    EXPECT_EQ(label(board("showing_booking-failed"), "print"), "もういちど いんさつする");
    EXPECT_EQ(label(board("choosing_comfort"), "voice"), "おんせいを だす");
    EXPECT_EQ(label(board("choosing_comfort-speaking"), "voice"), "おんせいを とめる");
    EXPECT_EQ(label(board("choosing_comfort-speaking"), "pace"), "ふつうの はやさ");
    EXPECT_EQ(label(board("choosing_comfort-speaking"), "volume"), "ふつうの おんりょう");
    EXPECT_EQ(label(board("staff_called"), "return"), "がめんに もどる");
    EXPECT_EQ(label(board("choosing_language"), "return"), "もどる");
    EXPECT_EQ(label(board("choosing_day"), "later"), "つぎの つき");
    EXPECT_EQ(label(board("choosing_time-long"), "later"), "つぎの ページ");
}

TEST(Labels, SayDaysTimesAndPlaces) {
    EXPECT_EQ(label(board("choosing_day"), "date/2021-07-06"),
              "しちがつ むいか、かようび、あきあり");
    EXPECT_EQ(label(board("choosing_day", Language::English), "date/2021-07-10"),
              "Saturday, 10 July, few left");
    EXPECT_EQ(label(board("choosing_time"), "offer/1"), "ごぜん くじ");
    EXPECT_EQ(label(board("suggesting", Language::English), "offer/2"),
              "Tuesday, 13 July, 1 o'clock in the afternoon, North Community Centre");
    EXPECT_EQ(label(board("choosing_venue", Language::English), "venue/3"),
              "Health and Welfare Centre, from Monday, 12 July");
    EXPECT_EQ(label(board("choosing_venue"), "venue/1"),
              "みどり しみんかいかん、しちがつ じゅうににち、げつようびから");
    EXPECT_EQ(label(board("choosing_venue"), "venue/2"),
              "にばんめの かいじょう、しちがつ じゅうににち、げつようびから");
    EXPECT_EQ(label(board("welcome"), "language/pt"), "Português");
}

TEST(Labels, AreForTheHeadsetAloneWhereATouchWouldGiveSomethingAway) {
    EXPECT_TRUE(is_whispered(board("typing_number"), "digit/7"));
    EXPECT_TRUE(is_whispered(board("asking_era"), "era/showa"));
    EXPECT_TRUE(is_whispered(board("asking_year"), "first_year"));
    EXPECT_TRUE(is_whispered(board("asking_month"), "month/7"));
    EXPECT_TRUE(is_whispered(board("asking_day"), "day/20"));
    EXPECT_TRUE(is_whispered(board("declaring"), "declare/condition"));
    EXPECT_EQ(label(board("declaring"), "declare/wheelchair"), "くるまいすを つかう");
    EXPECT_TRUE(is_whispered(board("declaring"), "next"));
    EXPECT_EQ(label(board("declaring"), "next"), "どれもない");
    EXPECT_EQ(label(board("declaring-two"), "next"), "これで つぎえ");
    EXPECT_FALSE(is_whispered(board("confirming_booking"), "yes"));
    EXPECT_EQ(label(board("asking_day"), "day/20"), "はつか");
}

TEST(Labels, AreNoneForWhatIsNotThere) {
    for (const char* target :
         {"", "/", "yes", "offer/1", "date/2021-07-06", "venue/1", "day/32", "day/0", "month/13",
          "digit/x", "digit/12", "era/edo", "declare/nothing", "language/xx",
          "offer/99999999999999999999", "nothing"}) {
        EXPECT_FALSE(label_of(board("welcome"), target, all_readings())) << target;
    }
}

}  // namespace
}  // namespace mado::kiosk::tests
