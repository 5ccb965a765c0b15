// Every screen speaks, in every language, as its voice can read it; and nobody beside the person
// hears a ticket number, a birth date, or what concerns their health.

#include "kiosk/texts/speech.h"

#include "shared/base/text.h"
#include "shared/platform/synthesis.h"
#include "shared/texts/spoken_numbers.h"
#include "tests/gallery/boards.h"
#include "tests/support/builders.h"
#include "tests/support/hearing.h"
#include "tests/support/mora.h"
#include "tests/unit/kiosk_texts/speaking.h"

#include <cstdio>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::boards;
using testing::HasSubstr;
using testing::Not;

constexpr std::array kBoth = {Say::Everything, Say::News};

bool is_pinyin(const std::string& reading) {
    static const std::regex pinyin("(([a-z]+[1-5]|[0-9]+)?[,.?]? ?)+");
    return std::regex_match(reading, pinyin);
}

// A text's key, or a place for something that was not filled in.
bool is_unfinished(const std::string& reading) {
    static const std::regex unfinished(R"([a-z_]+\.[a-z_]+|\{|\})");
    return reading.empty() || std::regex_search(reading, unfinished);
}

bool can_be_read(const Sentence& sentence) {
    const std::string& words = words_of(sentence);
    if (sentence.language == "ja" || sentence.language == "ja_easy") return is_kana(words);
    if (sentence.language == "zh") return is_pinyin(words);
    return !is_unfinished(words);
}

template <class Check>
void for_every_sentence(const Check& check) {
    for (const Language language : kLanguages) {
        for (const auto& board : boards(language)) {
            for (const bool headset : {false, true}) {
                Kiosk kiosk = board.kiosk;
                kiosk.headset = headset;
                for (const Say what : kBoth) {
                    for (const Sentence& said : speech_of(kiosk, what, all_readings()))
                        check(board.name, said);
                }
            }
        }
    }
}

TEST(Speech, EveryScreenSpeaksInEveryLanguage) {
    std::set<std::size_t> screens;
    for (const Language language : kLanguages) {
        const std::string code = all_readings().at(language).language();
        for (const auto& board : boards(language)) {
            screens.insert(board.kiosk.screen.index());
            for (const Say what : kBoth) {
                // Without a headset too there is something to hear, but for a digit or an illness.
                const bool digit = what == Say::News && board.name.starts_with("typing_number");
                const bool year = what == Say::News && board.name.starts_with("asking_year");
                const bool ill = what == Say::News && board.name.starts_with("declaring");
                EXPECT_NE(heard(board.kiosk, what, digit || year || ill), "")
                    << board.name << " in " << code;
            }
        }
    }
    EXPECT_EQ(screens.size(), std::variant_size_v<Screen>) << "of all screens";
}

TEST(Speech, IsReadableByItsVoiceAndHasNothingLeftToFillIn) {
    int sentences = 0;
    for_every_sentence([&](const std::string& board, const Sentence& said) {
        EXPECT_TRUE(has_voice(said.language)) << said.language;
        EXPECT_TRUE(can_be_read(said)) << board << ", " << said.language << ": " << words_of(said);
        EXPECT_FALSE(is_unfinished(words_of(said)))
            << board << ", " << said.language << ": " << words_of(said);
        ++sentences;
    });
    EXPECT_GT(sentences, 5'000);
}

TEST(Speech, HasAKeyForARecordingWhereNothingIsFilledInAndOnlyThere) {
    for_every_sentence([&](const std::string& board, const Sentence& said) {
        if (said.recording.empty()) return;
        for (const auto& [language, readings] : all_readings()) {
            if (readings.language() != said.language) continue;
            EXPECT_EQ(readings.say(TextKey{said.recording.c_str()}), words_of(said)) << board;
        }
    });
}

// As the boards have them: ticket 0000123456, born in Showa 14 and the like, doses 1 and 2.
std::vector<std::string> personal_words(const Readings& readings) {
    std::vector<std::string> words = {
        readings.digits("0000123456"), readings.digits("0000123"), readings.digits("1939"),
        readings.digits("14"),         readings.digits("1899"),
    };
    for (const TextKey era : {"era.showa"_t, "era.taisho"_t, "era.heisei"_t})
        words.push_back(readings.say(era));
    for (const int year : {1939, 1912, 1947})
        words.push_back(readings.number(year, Counted::WesternYear));
    for (const int dose : {1, 2}) {
        words.push_back(
            readings.say("dose.number"_t, {{"dose", readings.number(dose, Counted::Dose)}}));
    }
    words.push_back(readings.say("complete.title"_t));
    return words;
}

TEST(Speech, TellsNobodyElseATicketNumberABirthDateOrADose) {
    int personal = 0;
    for (const Language language : kLanguages) {
        const Readings& readings = all_readings().at(language);
        for (const auto& board : boards(language)) {
            // The names of all eras stand on these buttons.
            if (board.name == "asking_era") continue;
            for (const Say what : kBoth) {
                const std::string open = heard(board.kiosk, what, false);
                const std::string close = heard(board.kiosk, what, true);
                for (const std::string& word : personal_words(readings)) {
                    EXPECT_THAT(open, Not(HasSubstr(word))) << board.name;
                    personal += close.find(word) != std::string::npos ? 1 : 0;
                }
            }
        }
    }
    EXPECT_GT(personal, 500) << "the headset hears them";
}

Kiosk a_kiosk(Screen screen) {
    Kiosk kiosk;
    kiosk.ready = true;
    kiosk.town = mado::tests::a_town();
    kiosk.screen = std::move(screen);
    return kiosk;
}

Applicant an_applicant() {
    return {Personal(mado::tests::a_ticket()), Personal(BirthEntry{Era::Showa, 14, 7, 5}),
            mado::tests::a_resident(), DoseWish{}};
}

TEST(Speech, TellsWhetherOneIsIllToTheHeadsetAlone) {
    const Declaration ill{Declared::Condition};
    const auto listing = [](Declaration declared) {
        return a_kiosk(ListingOffers{an_applicant(), Personal(declared), {}, {}});
    };
    EXPECT_EQ(heard(listing(ill), Say::Everything, false),
              heard(listing({}), Say::Everything, false));
    EXPECT_THAT(heard(listing(ill), Say::Everything, true),
                testing::StartsWith("ちりょうちゅう、"));
    EXPECT_THAT(heard(listing({}), Say::Everything, true), testing::StartsWith("どれもない\n"));

    const auto declaring = [](Declaration declared) {
        return a_kiosk(Declaring{an_applicant(), Personal(declared)});
    };
    for (const Say what : kBoth) {
        EXPECT_EQ(heard(declaring(ill), what, false), heard(declaring({}), what, false));
        EXPECT_NE(heard(declaring(ill), what, true), heard(declaring({}), what, true));
    }
}

TEST(Speech, SaysADigitThatWasTypedAndNotTheWholeNumberAgain) {
    const Kiosk kiosk = a_kiosk(TypingNumber{Personal(std::string("0123")), std::nullopt});
    EXPECT_EQ(heard(kiosk, Say::News, true), "さん\n");
    EXPECT_EQ(heard(kiosk, Say::News, false), "");
    EXPECT_THAT(heard(kiosk, Say::Everything, true), HasSubstr("ゼロ、いち、に、さん"));
}

TEST(Speech, SaysAProblemFirst) {
    const Kiosk kiosk =
        a_kiosk(TypingNumber{Personal(std::string("0123")), TicketError::ZeroNumber});
    EXPECT_THAT(heard(kiosk, Say::News, false),
                testing::StartsWith("このばんごうの せっしゅけんわ ありません。"));
}

TEST(Speech, SaysHowThePrinterFaresAndNotTheWholeBookingAgain) {
    for (const auto& board : boards(Language::English)) {
        if (board.name != "booked-printed") continue;
        EXPECT_EQ(heard(board.kiosk, Say::News, true), "Please take your slip from below\n");
        return;
    }
    FAIL() << "no such board";
}

TEST(Speech, SaysThatTheHeadsetIsGoneBeforeAllElse) {
    Kiosk kiosk = a_kiosk(Scanning{});
    kiosk.visit.hearing.headset_gone = true;
    EXPECT_THAT(heard(kiosk, Say::Everything, false),
                testing::StartsWith("イヤホンが ぬけました\n"));
}

TEST(Speech, NamesEachLanguageByItsOwnVoice) {
    Kiosk kiosk = a_kiosk(Welcome{});
    kiosk.visit.choosing_language = true;
    std::set<std::string> voices;
    for (const Sentence& said : speech_of(kiosk, Say::Everything, all_readings()))
        voices.insert(said.language);
    EXPECT_EQ(voices.size(), kLanguages.size());
}

// Measured over all that is said on the boards, so that no single sentence's pauses decide.
double mora_a_second(Pace pace) {
    std::set<std::string> said;
    for (const auto& board : boards(Language::Japanese)) {
        for (const Sentence& sentence : speech_of(board.kiosk, Say::Everything, all_readings())) {
            if (sentence.language == "ja") said.insert(words_of(sentence));
        }
    }
    int mora = 0;
    double seconds = 0;
    for (const std::string& reading : said) {
        const Sound sound = synthesise("ja", reading, pace).value();
        mora += mado::tests::mora_of(reading);
        const auto audible = mado::tests::without_silence_around(sound.samples);
        seconds += static_cast<double>(audible.size()) / sound.rate;
    }
    return mora / seconds;
}

TEST(Speech, IsAsFastAsOldPeopleFollow) {
    const double normal = mora_a_second(Pace::Normal);
    const double slower = mora_a_second(Pace::Slower);
    std::printf("%.2f mora a second, %.2f slower\n", normal, slower);
    EXPECT_GE(normal, 5.5);
    EXPECT_LE(normal, 6.5);
    EXPECT_GE(slower, 4.0);
    EXPECT_LE(slower, 4.6);
}

}  // namespace
}  // namespace mado::kiosk::tests
