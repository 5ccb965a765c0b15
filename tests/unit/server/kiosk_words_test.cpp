// What a town sets for its kiosks, and how it words them.

#include "sync/server/records/import.h"
#include "tests/support/server/server_town.h"
#include "tests/unit/server/wordings.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::ChainedDevice;
using tests::ServerTown;
using words::wordings;

KioskSettings idle(int seconds) {
    KioskSettings settings;
    settings.idle_limit = std::chrono::seconds(seconds);
    return settings;
}

TownText a_text(const std::string& key, const std::string& text) {
    return {{"ja", key}, text, ""};
}

TEST(KioskWords, SettingsStandForAllOrForOneKiosk) {
    ServerTown town;
    const ChainedDevice kiosk = town.a_device();
    const FeedPosition before = town.reads().position().value();
    town.must<Imported>(SetSettings{std::nullopt, idle(90)});
    town.must<Imported>(SetSettings{kiosk.id(), idle(30)});
    EXPECT_EQ(town.must<Imported>(SetSettings{kiosk.id(), idle(30)}).unchanged, 1);
    const auto stored = town.reads().settings().value();
    EXPECT_EQ(stored.at(DeviceId(0)), idle(90));
    EXPECT_EQ(stored.at(kiosk.id()), idle(30));
    EXPECT_THAT(town.reads().feed(before, 10).value().changes,
                ElementsAre(Change(SettingsChanged{std::nullopt, idle(90)}),
                            Change(SettingsChanged{kiosk.id(), idle(30)})));
}

TEST(KioskWords, SettingsAreTakenBackAndToldSo) {
    ServerTown town;
    town.must<Imported>(SetSettings{std::nullopt, idle(90)});
    const FeedPosition before = town.reads().position().value();
    EXPECT_EQ(town.must<Imported>(SetSettings{std::nullopt, {}}).changed, 1);
    EXPECT_THAT(town.reads().feed(before, 10).value().changes,
                ElementsAre(Change(SettingsChanged{})));
    EXPECT_THAT(town.reads().settings().value(), IsEmpty());
    EXPECT_EQ(town.must<Imported>(SetSettings{std::nullopt, {}}).unchanged, 1);
}

TEST(KioskWords, SettingsAreRefusedForWhatIsNoKiosk) {
    ServerTown town;
    EXPECT_EQ(town.must<Refused>(SetSettings{DeviceId(99), idle(90)}).reason,
              CommandRefusal::UnknownDevice);
}

TEST(KioskWords, TextsStandUntilTheyAreTakenBack) {
    ServerTown town;
    const auto put = town.must<Imported>(
        PutTexts{{a_text("notice", "本日は三時まで"), a_text("welcome.title", "ようこそ")}});
    EXPECT_EQ(put.added, 2);
    EXPECT_THAT(town.reads().town_texts().value(), SizeIs(2));
    const FeedPosition before = town.reads().position().value();
    EXPECT_EQ(town.must<Imported>(PutTexts{{a_text("notice", "")}}).changed, 1);
    EXPECT_THAT(town.reads().town_texts().value(), SizeIs(1));
    EXPECT_THAT(town.reads().feed(before, 10).value().changes,
                ElementsAre(Change(TextChanged{a_text("notice", "")})));
    EXPECT_EQ(town.must<Imported>(PutTexts{{a_text("notice", "")}}).unchanged, 1);
}

TEST(KioskWords, TextsAreNoMoreThanADeviceKeeps) {
    ServerTown town;
    PutTexts many;
    for (std::size_t i = 0; i <= kTownTextsMax; ++i)
        many.texts.push_back(a_text("key." + std::to_string(i), "あ"));
    EXPECT_EQ(town.must<Refused>(many).reason, CommandRefusal::TooManyTexts);
    EXPECT_THAT(town.reads().town_texts().value(), IsEmpty());
}

class TextFile : public testing::Test {
  protected:
    static Read<TownText> read(const std::string& rows) {
        return read_texts("language,key,text,reading\n" + rows, wordings());
    }
    // Of a file of one row: the column that is wrong, and why.
    static std::pair<std::string, std::string> fault(const std::string& row) {
        const auto named = read(row + "\n").faults.named();
        MADO_CHECK(named.size() == 1);
        return {named[0].column, std::string(word_of(named[0].reason))};
    }
};

TEST_F(TextFile, GivesTextsWithTheirReadings) {
    const auto file = read(
        "ja,notice,本日は三時まで,ほんじつわ さんじまで\n"
        "vi,welcome.title,Chào mừng,\n"
        "en,notice,,\n");
    ASSERT_TRUE(file.faults.none());
    ASSERT_THAT(file.rows, SizeIs(3));
    EXPECT_EQ(file.rows[0].row,
              (TownText{{"ja", "notice"}, "本日は三時まで", "ほんじつわ さんじまで"}));
    EXPECT_EQ(file.rows[2].row.text, "") << "it is taken back";
}

TEST_F(TextFile, NamesWhatDoesNotFitWhereTheTextStands) {
    using Pair = std::pair<std::string, std::string>;
    EXPECT_EQ(fault("fr,notice,Bonjour,"), Pair("language", "no_language"));
    EXPECT_EQ(fault("ja,no.such,あ,"), Pair("key", "no_text"));
    EXPECT_EQ(fault("ja,header.place,どこか,"), Pair("text", "other_places"));
    EXPECT_EQ(fault("en,notice,{name} is here,"), Pair("text", "other_places"));
    EXPECT_EQ(fault("en,notice," + std::string(61, 'a') + ","), Pair("text", "too_wide"));
    EXPECT_EQ(fault("ja,notice,漢字だけ,"), Pair("reading", "no_reading"));
    EXPECT_EQ(fault("ja,notice,漢字だけ,漢字"), Pair("reading", "no_reading"));
    EXPECT_EQ(fault("zh,notice,今天,今天"), Pair("reading", "no_reading"));
    EXPECT_EQ(fault("en,notice,a\u200Bb,"), Pair("text", "letter_invisible"));
}

TEST_F(TextFile, NamesATextThatStandsTwice) {
    const auto file = read("en,notice,One,\nen,notice,Two,\n");
    ASSERT_THAT(file.faults.named(), SizeIs(1));
    EXPECT_EQ(file.faults.named()[0].line, 3);
}

TEST_F(TextFile, TakesTheCataloguesOwnTexts) {
    // Each is as wide as it is in some language, and has its own places.
    for (const auto& [language, texts] : wordings().shown) {
        const std::string row = language + ",welcome.title,\"" + texts.say("welcome.title"_t) +
                                "\",\"" + wordings().spoken.at(language).say("welcome.title"_t) +
                                "\"\n";
        EXPECT_TRUE(read(row).faults.none()) << language;
    }
}

}  // namespace
}  // namespace mado::server
