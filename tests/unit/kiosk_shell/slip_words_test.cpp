#include "kiosk/shell/slip_words.h"

#include "kiosk/screens/languages.h"
#include "tests/support/builders.h"

#include <gmock/gmock.h>

namespace mado::kiosk::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

Slip a_slip() {
    const Slot slot = mado::tests::a_slot();
    return {mado::tests::a_booking(),
            slot,
            mado::tests::a_venue(),
            mado::tests::a_vaccine(),
            mado::tests::a_town(),
            last_day_to_change(slot.date, 2),
            "MADO1:6BFOXN"};
}

SlipWords words_in(Language language, const Slip& slip = a_slip()) {
    const auto texts = Texts::open(MADO_LOCALE_FOLDER, code_of(language));
    EXPECT_TRUE(texts.ok());
    return slip_words(slip, language, *texts);
}

TEST(SlipWords, SayDayTimeAndWhatToBringInJapanese) {
    const SlipWords words = words_in(Language::Japanese);
    EXPECT_EQ(words.day, "7月12日（月）");
    EXPECT_EQ(words.time, "午前9時30分");
    EXPECT_EQ(words.venue, "第1公民館");
    EXPECT_THAT(words.dose, HasSubstr("1回目"));
    EXPECT_THAT(words.dose, HasSubstr("ファイザー"));
    EXPECT_THAT(words.change, HasSubstr("7月10日（土）"));
    ASSERT_EQ(words.bring.size(), 5u);
    EXPECT_THAT(words.bring, Contains(HasSubstr("台紙ごと")));
    EXPECT_THAT(words.bring, Contains(HasSubstr("お薬手帳")));
}

TEST(SlipWords, SayTheSameInEnglish) {
    const SlipWords words = words_in(Language::English);
    EXPECT_EQ(words.venue, "Community Centre 1");
    EXPECT_THAT(words.dose, HasSubstr("Pfizer (Comirnaty)"));
    EXPECT_THAT(words.change, HasSubstr("10 July"));
}

TEST(SlipWords, AreSetInTheScriptOfTheirLanguage) {
    EXPECT_EQ(words_in(Language::EasyJapanese).script, Script::Japanese);
    EXPECT_EQ(words_in(Language::Chinese).script, Script::Chinese);
    EXPECT_EQ(words_in(Language::Korean).script, Script::Korean);
    EXPECT_EQ(words_in(Language::Vietnamese).script, Script::Vietnamese);
}

TEST(SlipWords, NameNoDayForChangesThatHasPassed) {
    Slip slip = a_slip();
    slip.change_until.reset();
    for (const Language language : kLanguages) {
        const SlipWords late = words_in(language, slip);
        EXPECT_THAT(late.change, Not(HasSubstr("10")));
        EXPECT_FALSE(late.change.empty());
        EXPECT_FALSE(late.change.starts_with("paper."));
    }
}

TEST(SlipWords, AnApplicationSaysThatItIsNoBooking) {
    const Application application{
        {DeviceId(3), EventNumber(127)}, PersonId(1), 1, {SlotId(9), SlotId(1)}, {}};
    const Slot slot = mado::tests::a_slot();
    const Receipt receipt =
        receipt_of(application, {{slot.id, slot}}, mado::tests::venues(), mado::tests::a_town());
    const auto texts = Texts::open(MADO_LOCALE_FOLDER, "ja");
    ASSERT_TRUE(texts.ok());
    const MemoWords words = application_words(receipt, Language::Japanese, *texts);
    EXPECT_EQ(words.warning, "まだ予約ではありません");
    EXPECT_THAT(words.as_of, HasSubstr(application.id.short_number()));
    ASSERT_EQ(words.parts.size(), 1u);
    EXPECT_THAT(words.parts.front().heading, HasSubstr("第2希望"));
    EXPECT_THAT(words.parts.front().heading, HasSubstr("7月12日（月）"));
    EXPECT_EQ(words.parts.front().detail, "第1公民館");
    for (const Language language : kLanguages) {
        const auto own = Texts::open(MADO_LOCALE_FOLDER, code_of(language));
        ASSERT_TRUE(own.ok());
        const MemoWords other = application_words(receipt, language, *own);
        for (const std::string& text : {other.title, other.warning, other.as_of, other.how})
            EXPECT_FALSE(text.starts_with("applied.")) << text;
    }
}

TEST(SlipWords, LeaveNoTextToItsKey) {
    for (const Language language : kLanguages) {
        const SlipWords words = words_in(language);
        for (const std::string& text :
             {words.title, words.place_label, words.dose_label, words.dose, words.change_label,
              words.change, words.bring_title, words.name_label, words.number_label,
              words.number_hint, words.bring[0], words.bring[1], words.bring[2], words.bring[3],
              words.bring[4]}) {
            EXPECT_FALSE(text.starts_with("paper.")) << text;
        }
    }
}

}  // namespace
}  // namespace mado::kiosk::tests
