#include "sync/server/records/import.h"

#include "tests/support/data.h"
#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::ServerTown;

constexpr const char* kResidentsHeader =
    "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日,自治体コード,1回目接種日,ワクチン種\n";
constexpr const char* kResultsHeader =
    "接種券ID,接種自治体名,接種日,ワクチン種,接種回数,ロット番号\n";
constexpr const char* kScheduleHeader = "venue,weekday,date,from,to,minutes,seats,vaccine\n";

class Import : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    ImportReport import(FileKind kind, std::string_view bytes, DryRun dry_run = DryRun::No) {
        ImportRequest request{kind, bytes, tests::in_days(7), tests::in_days(13), dry_run};
        return import_file(town.store(), town.reads(), tests::ticket_rules().municipalities,
                           request, town.now)
            .value();
    }
    // What is wrong with one row of a residents' file.
    BadRow fault(const std::string& row) {
        const auto report = import(FileKind::Residents, kResidentsHeader + row + "\n");
        const auto named = report.faults.named();
        MADO_CHECK(named.size() == 1 && named[0].line == 2);
        return named[0];
    }
    std::optional<Person> person(std::string_view ticket) {
        return town.reads().person(tests::a_ticket(ticket)).value();
    }

    ServerTown town;
};

TEST_F(Import, TakesARealCitysListInCp932AndNeverItsNames) {
    const std::string text =
        "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\r\n"
        "0000005001,髙橋,花子,1937-01-01,FALSE,\r\n"
        "0000005002,﨑山,太郎,1937/1/1,TRUE,2021/6/1\r\n";
    const auto report = import(FileKind::Residents, *encode_text(text, Encoding::Cp932));
    EXPECT_THAT(report.faults.named(), IsEmpty());
    EXPECT_EQ(report.encoding, Encoding::Cp932);
    EXPECT_EQ(report.added, 2);
    EXPECT_EQ(person("0000005001")->birth_date, person("0000005002")->birth_date);
    EXPECT_FALSE(person("0000005002")->valid());
    EXPECT_EQ(person("0000005002")->last_dose()->number, 2);
    EXPECT_EQ(person("0000005002")->last_dose()->vaccine, unknown_vaccine());
}

TEST_F(Import, ChangesNothingTheSecondTime) {
    const std::string text = std::string(kResidentsHeader) +
                             "0000005001,x,y,1937-01-01,FALSE,,272205,2021-06-01,ファイザー\n";
    EXPECT_EQ(import(FileKind::Residents, text).added, 1);
    const FeedPosition position = town.reads().position().value();
    const auto again = import(FileKind::Residents, text);
    EXPECT_EQ(again.unchanged, 1);
    EXPECT_EQ(again.added + again.changed, 0);
    EXPECT_EQ(town.reads().position().value(), position);
}

TEST_F(Import, NamesEveryBadRowAndTakesNothingOfTheFile) {
    const std::string text = std::string(kResidentsHeader) +
                             "0000005001,x,y,1937-01-01,FALSE,,272205,,\n"
                             "0000000000,x,y,1937-01-01,FALSE,,272205,,\n"
                             "0000005003,x,y,1937-02-30,FALSE,,272205,,\n"
                             "0000005004,x,y,1937-01-01,maybe,,272205,,\n";
    const auto report = import(FileKind::Residents, text);
    EXPECT_THAT(report.faults.named(),
                ElementsAre(BadRow{3, "接種券番号", {"import.never_issued"_t}},
                            BadRow{4, "生年月日", {"import.not_birth_date"_t}},
                            BadRow{5, "無効フラグ", {"import.not_flag"_t}}));
    EXPECT_FALSE(person("0000005001"));
}

TEST_F(Import, NamesBadStructureBadLettersAndBadContentTogetherInTheOrderOfLines) {
    const std::string text =
        std::string(kResidentsHeader) +
        "0000005001,花,子,1937-01-01,maybe,,272205,,\n"
        "0000005002,花,子,1937-01-01\n" +
        *encode_text("0000005003,太,郎,1937-01-01,FALSE,,272205,,\n", Encoding::Cp932) +
        "0000005004,花,\"子,1937-01-01,FALSE,,272205,,\n"
        "000000500x,花,子,1937-01-01,FALSE,,272205,,\n"
        "0000005001,花,子,1937-01-01,FALSE,,272205,,\n";
    const auto report = import(FileKind::Residents, text);
    EXPECT_THAT(
        report.faults.named(),
        ElementsAre(BadRow{2, "無効フラグ", {"import.not_flag"_t}},
                    BadRow{3, "", {"import.field_count"_t, {{"fields", "4"}, {"header", "9"}}}},
                    BadRow{4, "", {"import.cp932_in_utf8"_t}},
                    BadRow{5, "名", {"import.quote_open"_t}},
                    BadRow{6, "接種券番号", {"import.not_ten_digits"_t}}));
    EXPECT_EQ(report.rows, 1U);
    EXPECT_FALSE(person("0000005001"));
}

TEST_F(Import, ChecksGoodRowsAgainstTheTownEvenWhereOthersAreBad) {
    EXPECT_THAT(
        import(FileKind::Results, std::string(kResultsHeader) +
                                      "0000008888,みどり市,2021-06-01,ファイザー,1,\n"
                                      "0000000001,みどり市,2021-06-01\n"
                                      "0000000001,みどり市,2021-06-01,ファイザー,0,\n")
            .faults.named(),
        ElementsAre(BadRow{2, "接種券ID", {"import.not_on_list"_t}},
                    BadRow{3, "", {"import.field_count"_t, {{"fields", "3"}, {"header", "6"}}}},
                    BadRow{4, "接種回数", {"import.not_number"_t, {{"min", "1"}, {"max", "9"}}}}));
    EXPECT_THAT(
        import(FileKind::Schedule, std::string(kScheduleHeader) + "1,月,,13:00,15:00,30,5,\n"
                                                                  "1,月,,14:00,15:00,30,5,\n"
                                                                  "1,月曜,,14:00,15:00,30,5,\n")
            .faults.named(),
        ElementsAre(BadRow{3, "from", {"import.overlap"_t, {{"line", "2"}}}},
                    BadRow{4, "weekday", {"import.not_weekday"_t}}));
}

TEST_F(Import, NamesEachRowOfAFileThatIsWrongThroughout) {
    std::string text = kResidentsHeader;
    for (int i = 0; i < 20'000; ++i)
        text += i % 2 == 0 ? "x,x,y,1940-01-01,FALSE,,,,\n" : "0000005001\n";
    const auto report = import(FileKind::Residents, text);
    EXPECT_EQ(report.faults.named().size(), 20'000U);
    EXPECT_EQ(report.faults.named().back().line, 20'001);
    EXPECT_EQ(report.faults.more(), 0U);
}

TEST_F(Import, SaysWhatIsWrongWithAResident) {
    EXPECT_EQ(fault("000000 5001,x,y,1937-01-01,FALSE,,,,").reason,
              (Reason{"import.not_ten_digits"_t}));
    EXPECT_EQ(fault("0000005001,x,y,2021-07-06,FALSE,,,,").reason, (Reason{"import.future"_t}));
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,,272206,,").reason,
              (Reason{"import.not_municipality_code"_t}));
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,,011002,,").reason,
              (Reason{"import.outside_service_area"_t}));
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,,131016,,").reason,
              (Reason{"import.no_such_municipality"_t}));
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,2021-08-01,,,").reason,
              (Reason{"import.future"_t}));
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,,,2021-06-01,").column, "ワクチン種");
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,2021-06-01,,2021-06-01,ファイザー").reason,
              (Reason{"import.not_after_first"_t}));
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,,,,スプートニク").reason,
              (Reason{"import.unknown_vaccine"_t}));
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,").reason,
              (Reason{"import.field_count"_t, {{"fields", "6"}, {"header", "9"}}}));
}

TEST_F(Import, SaysWhatASpreadsheetDidToATicketNumber) {
    const auto reason = [&](const std::string& ticket) {
        return fault(ticket + ",x,y,1937-01-01,FALSE,,,,").reason;
    };
    EXPECT_EQ(reason("5001"), (Reason{"import.lost_zeros"_t, {{"digits", "4"}}}));
    EXPECT_EQ(reason("123456789"), (Reason{"import.lost_zeros"_t, {{"digits", "9"}}}));
    for (const char* number : {"1.23E+09", "1.234567E+9", "1E09", "5e+8"})
        EXPECT_EQ(reason(number), (Reason{"import.short_form"_t})) << number;
    EXPECT_EQ(reason(""), (Reason{"import.empty"_t}));
    for (const char* number : {"12345678901", "5001.0", "E+09", "5001x", "-5001"})
        EXPECT_EQ(reason(number), (Reason{"import.not_ten_digits"_t})) << number;
}

TEST_F(Import, NamesFullWidthDigitsAsSuch) {
    const Reason full_width{"import.full_width"_t};
    EXPECT_EQ(fault("００００００５００１,x,y,1937-01-01,FALSE,,,,").reason, full_width);
    EXPECT_EQ(fault("0000005001,x,y,１９３７-01-01,FALSE,,,,").reason, full_width);
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,2021/６/1,,,").reason, full_width);
    EXPECT_EQ(fault("0000005001,x,y,1937-01-01,FALSE,,２７２２０５,,").reason, full_width);
    EXPECT_THAT(import(FileKind::Schedule,
                       std::string(kScheduleHeader) + "1,,２021-07-12,９:00,10:00,３０,5,\n")
                    .faults.named(),
                ElementsAre(BadRow{2, "date", full_width}, BadRow{2, "from", full_width},
                            BadRow{2, "minutes", full_width}));
}

TEST_F(Import, SaysWhatAFileIsThatIsNoCsv) {
    using namespace std::string_view_literals;
    const auto reason = [&](std::string_view bytes) {
        const auto named = import(FileKind::Residents, bytes).faults.named();
        MADO_CHECK(named.size() == 1 && named[0].line == 0);
        return std::string(word_of(named[0].reason));
    };
    EXPECT_EQ(reason("\xFF\xFE\x65\x51,\0\n\0"sv), "utf16");
    EXPECT_EQ(reason("\xFE\xFF\x51\x65\0,\0\n"sv), "utf16");
    EXPECT_EQ(reason("a\0,\0b\0\n\0001\0,\0002\0"sv), "utf16");
    EXPECT_EQ(reason("PK\x03\x04\x14\0\x06\0"sv), "spreadsheet");
    EXPECT_EQ(reason("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv), "spreadsheet");
    EXPECT_EQ(reason("接種券番号\t生年月日\n0000005001\t1937-01-01\n"), "tabs");
    EXPECT_EQ(reason("\"接種券番号\"\t\"生年月日\"\n"), "tabs");
    EXPECT_EQ(reason("接種券番号;生年月日\r\n0000005001;1937-01-01\r\n"), "semicolons");
    EXPECT_EQ(reason("接種券番号,生年月日\r0000005001,1937-01-01\r"), "cr_lines");
    EXPECT_EQ(reason(*encode_text("接種券番号\t生年月日\r\n", Encoding::Cp932)), "tabs");
}

TEST_F(Import, OfOneOddByteOrSeparatorDoesNotCallTheFileSomethingElse) {
    using namespace std::string_literals;
    const auto words = [&](const std::string& row) {
        std::string found;
        const auto report = import(FileKind::Residents, "備考;\t," + (kResidentsHeader + row));
        for (const BadRow& bad : report.faults.named())
            found += word_of(bad.reason);
        return found;
    };
    EXPECT_EQ(words(",0000005001,x;y,\ty,1937-01-01,FALSE,,,,\n"), "");
    EXPECT_EQ(words(",0000005001,x,y,1937-01-01,FALSE,,,,\r"), "control");
    EXPECT_EQ(words(",0000005001,\0,y,1937-01-01,FALSE,,,,\n"s), "control");
}

TEST_F(Import, TakesDatesOfBirthWhoseDayNobodyKnows) {
    const std::string row = "0000005001,x,y,1937-00-00,FALSE,,,,\n";
    EXPECT_EQ(import(FileKind::Residents, kResidentsHeader + row).added, 1);
    EXPECT_FALSE(person("0000005001")->birth_date.reveal().complete());
}

TEST_F(Import, NamesADoseBeforeTheBirthOfItsPerson) {
    const Reason before_birth = {"import.before_birth"_t};
    EXPECT_EQ(fault("0000005001,x,y,2021-06-02,FALSE,,,2021-06-01,ファイザー"),
              (BadRow{2, "1回目接種日", before_birth}));
    EXPECT_EQ(fault("0000005001,x,y,2021-06-02,FALSE,2021-06-01,,,"),
              (BadRow{2, "2回目接種日", before_birth}));
    EXPECT_EQ(fault("0000005001,x,y,2021-07-00,FALSE,2021-06-30,,,").reason, before_birth);
    // It may have been before the dose.
    EXPECT_EQ(import(FileKind::Residents, std::string(kResidentsHeader) +
                                              "0000005001,x,y,2021-06-01,FALSE,2021-06-01,,,\n"
                                              "0000005002,x,y,2021-06-00,FALSE,2021-06-01,,,\n"
                                              "0000005003,x,y,2021-00-00,FALSE,2021-06-01,,,\n")
                  .added,
              3);

    const auto result = [&](const std::string& ticket) {
        return import(FileKind::Results,
                      kResultsHeader + ticket + ",みどり市,2021-05-31,ファイザー,1,\n");
    };
    EXPECT_THAT(result("0000005001").faults.named(),
                ElementsAre(BadRow{2, "接種日", before_birth}));
    EXPECT_THAT(result("0000005002").faults.named(),
                ElementsAre(BadRow{2, "接種日", before_birth}));
    EXPECT_EQ(result("0000005003").added, 1);
}

TEST_F(Import, NamesABirthDateThatMakesADoseOfTheStoreImpossible) {
    const auto residents = [&](const std::string& birth_and_doses) {
        return import(FileKind::Residents,
                      kResidentsHeader + ("0000005001,x,y," + birth_and_doses + "\n"));
    };
    EXPECT_EQ(residents("1937-01-01,FALSE,2021-06-20,,2021-06-01,ファイザー").added, 1);
    EXPECT_THAT(residents("2021-06-10,FALSE,,,,").faults.named(),
                ElementsAre(BadRow{2, "生年月日", {"import.born_after_dose"_t, {{"dose", "1"}}}}));
    EXPECT_THAT(residents("2021-06-10,FALSE,,,2021-06-11,ファイザー").faults.named(), IsEmpty());
    EXPECT_THAT(residents("2021-06-30,FALSE,,,2021-07-01,ファイザー").faults.named(),
                ElementsAre(BadRow{2, "生年月日", {"import.born_after_dose"_t, {{"dose", "2"}}}}));
}

TEST_F(Import, TakesALineThatStandsTwiceOnceAndNamesOneThatContradicts) {
    const std::string row = "0000005001,x,y,1937-01-01,FALSE,,,,\n";
    EXPECT_EQ(import(FileKind::Residents, kResidentsHeader + row + row).added, 1);
    const auto other = import(FileKind::Residents,
                              kResidentsHeader + row + "0000005001,x,y,1938-01-01,FALSE,,,,\n");
    EXPECT_THAT(
        other.faults.named(),
        ElementsAre(BadRow{3, "接種券番号", {"import.other_birth_date"_t, {{"line", "2"}}}}));
}

TEST_F(Import, OfAFileThatLacksAColumnOrIsNoTextSaysSo) {
    EXPECT_THAT(import(FileKind::Residents, "接種券番号,生年月日\n").faults.named(),
                ElementsAre(BadRow{1, "無効フラグ", {"import.missing_column"_t}},
                            BadRow{1, "2回目接種日", {"import.missing_column"_t}}));
    EXPECT_THAT(import(FileKind::Residents, "a\n\x80\xFF").faults.named(),
                ElementsAre(BadRow{1, "接種券番号", {"import.missing_column"_t}},
                            BadRow{1, "生年月日", {"import.missing_column"_t}},
                            BadRow{1, "無効フラグ", {"import.missing_column"_t}},
                            BadRow{1, "2回目接種日", {"import.missing_column"_t}},
                            BadRow{2, "", {"import.not_text"_t}}));
    EXPECT_EQ(import(FileKind::Residents, "").faults.named().at(0).reason,
              (Reason{"import.empty_file"_t}));
}

TEST_F(Import, OfADryRunChangesNothing) {
    const std::string text =
        std::string(kResidentsHeader) + "0000005001,x,y,1937-01-01,FALSE,,,,\n";
    const auto report = import(FileKind::Residents, text, DryRun::Yes);
    EXPECT_EQ(report.rows, 1U);
    EXPECT_EQ(report.added, 0);
    EXPECT_FALSE(person("0000005001"));
}

TEST_F(Import, OfResultsChecksTheListAndTheOrderOfDoses) {
    const auto results = [&](const std::string& rows) {
        return import(FileKind::Results, kResultsHeader + rows);
    };
    EXPECT_EQ(results("0000000001,みどり市,2021-06-01,ファイザー,1,ET9096\n").added, 1);
    EXPECT_EQ(person("0000000001")->doses.at(1).lot, "ET9096");
    EXPECT_THAT(results("0000008888,みどり市,2021-06-01,ファイザー,1,\n").faults.named(),
                ElementsAre(BadRow{2, "接種券ID", {"import.not_on_list"_t}}));
    EXPECT_THAT(results("0000000001,みどり市,2021-05-01,ファイザー,2,\n").faults.named(),
                ElementsAre(BadRow{2, "接種日", {"import.dose_order"_t, {{"dose", "1"}}}}));
    EXPECT_EQ(results("0000000001,みどり市,2021-06-01,ファイザー,0,\n").faults.named().at(0).reason,
              (Reason{"import.not_number"_t, {{"min", "1"}, {"max", "9"}}}));
    EXPECT_EQ(results("0000000002,みどり市,2021-06-01,ファイザー,1,\n"
                      "0000000002,みどり市,2021-06-02,ファイザー,1,\n")
                  .faults.named()
                  .at(0)
                  .reason,
              (Reason{"import.other_dose"_t, {{"line", "2"}}}));
}

TEST_F(Import, OfVenuesAndVaccinesChangesThem) {
    const std::string venues =
        "id,name,name_en,address,telephone,vaccine\n"
        "1,市民会館,Civic Hall,みどり市1-1,072-1,ファイザー\n"
        "7,体育館,Gymnasium,みどり市2-2,072-2,moderna\n";
    const auto report = import(FileKind::Venues, venues);
    EXPECT_EQ(report.added, 1);
    EXPECT_EQ(report.changed, 1);
    EXPECT_EQ(town.reads().venues().value().front().venue.name, "市民会館");

    const std::string read_aloud =
        "id,name,name_en,address,telephone,vaccine,name_kana\n"
        "1,市民会館,Civic Hall,みどり市1-1,072-1,pfizer,しみんかいかん\n"
        "7,体育館,Gymnasium,みどり市2-2,072-2,moderna,\n";
    EXPECT_EQ(import(FileKind::Venues, read_aloud).changed, 1);
    EXPECT_EQ(town.reads().venues().value().front().venue.name_kana, "しみんかいかん");
    EXPECT_THAT(import(FileKind::Venues,
                       "id,name,name_en,address,telephone,vaccine,name_kana\n"
                       "1,市民会館,Civic Hall,みどり市1-1,072-1,pfizer,市民かいかん\n")
                    .faults.named(),
                ElementsAre(BadRow{2, "name_kana", {"import.not_kana"_t}}));

    const std::string twice = venues + "7,体育館,Gymnasium,みどり市2-2,072-2,moderna\n";
    EXPECT_THAT(import(FileKind::Venues, twice).faults.named(),
                ElementsAre(BadRow{4, "id", {"import.twice"_t, {{"line", "3"}}}}));

    const std::string vaccines =
        tests::read_file(std::filesystem::path(MADO_SOURCE_DIR) / "assets/tables/vaccines.csv");
    EXPECT_EQ(import(FileKind::Vaccines, vaccines).unchanged, 4);
}

TEST_F(Import, OfVenuesNamesATelephoneThatNobodyCanDialAndTextsThatNobodyCanShow) {
    const auto fault_of = [&](const std::string& row) {
        const auto report =
            import(FileKind::Venues, "id,name,name_en,address,telephone,vaccine\n" + row + "\n");
        return report.faults.none() ? BadRow{} : report.faults.named().at(0);
    };
    EXPECT_EQ(fault_of("1,市民会館,Civic Hall,みどり市1-1,０７２-1（内線 3）,pfizer"), BadRow{});
    const Reason not_telephone{"import.not_telephone"_t};
    EXPECT_EQ(fault_of("1,市民会館,Civic Hall,みどり市1-1,なし,pfizer"),
              (BadRow{2, "telephone", not_telephone}));
    EXPECT_EQ(fault_of("1,市民会館,Civic Hall,みどり市1-1,---,pfizer"),
              (BadRow{2, "telephone", not_telephone}));
    EXPECT_EQ(fault_of("1,市民😀,Civic Hall,みどり市1-1,072-1,pfizer"),
              (BadRow{2, "name", {"import.letter_not_shown"_t, {{"at", "3"}}}}));
    EXPECT_EQ(fault_of("1,　 ,Civic Hall,みどり市1-1,072-1,pfizer"),
              (BadRow{2, "name", {"import.empty"_t}}));
    EXPECT_EQ(fault_of("1,市民会館,市民会館,みどり市1-1,072-1,pfizer"),
              (BadRow{2, "name_en", {"import.not_english"_t}}));
    EXPECT_EQ(fault_of("1,市民会館,Civic Hall,\"みどり市\n1-1\",072-1,pfizer"),
              (BadRow{2, "address", {"import.letter_invisible"_t, {{"at", "5"}}}}));
}

TEST_F(Import, OfResultsAndVaccinesNamesTextsThatNobodyCanShow) {
    EXPECT_THAT(
        import(FileKind::Results, std::string(kResultsHeader) +
                                      "0000000001,みどり市🏥,2021-06-01,ファイザー,1,\n"
                                      "0000000001,みどり市,2021-06-01,ファイザー,1,A\u200B\n")
            .faults.named(),
        ElementsAre(BadRow{2, "接種自治体名", {"import.letter_not_shown"_t, {{"at", "5"}}}},
                    BadRow{3, "ロット番号", {"import.letter_invisible"_t, {{"at", "2"}}}}));
    EXPECT_THAT(import(FileKind::Vaccines, header_of(form_of(FileKind::Vaccines)) +
                                               "\nnova,ノバ\uE000,ノバ,ノ\u3099,21,21,12,14\n")
                    .faults.named(),
                ElementsAre(BadRow{2, "name_ja", {"import.letter_private"_t, {{"at", "3"}}}},
                            BadRow{2, "name_en", {"import.not_english"_t}},
                            BadRow{2, "ledger_name", {"import.letter_mark"_t, {{"at", "2"}}}}));
}

TEST_F(Import, OfAScheduleMakesTheSlotsOfEachDay) {
    // Mondays 14:00–15:00 and one Wednesday, within one week.
    const std::string text = std::string(kScheduleHeader) +
                             "1,月,,14:00,15:00,15,6,\n"
                             "2,,2021-07-14,9:00,10:00,30,4,pfizer\n";
    EXPECT_EQ(import(FileKind::Schedule, text).added, 6);
    const auto slots = town.reads().slots(tests::in_days(9), tests::in_days(9)).value();
    ASSERT_EQ(slots.size(), 2U);
    EXPECT_EQ(slots[0].vaccine, tests::a_vaccine_code("pfizer"));
    EXPECT_EQ(slots[0].seats, (SeatCount{4, 0, 0}));
    EXPECT_EQ(import(FileKind::Schedule, text).unchanged, 6);
}

TEST_F(Import, OfAScheduleLetsADateStandInForItsWeekday) {
    const std::string text = std::string(kScheduleHeader) +
                             "1,月,,14:00,16:00,30,6,\n"
                             "1,,2021-07-12,14:00,14:30,30,2,\n";
    EXPECT_EQ(import(FileKind::Schedule, text).added, 1);
}

TEST_F(Import, OfAScheduleNamesWhatCannotBe) {
    const auto fault = [&](const std::string& rows) {
        const auto report = import(FileKind::Schedule, kScheduleHeader + rows);
        return report.faults.none() ? BadRow{} : report.faults.named().front();
    };
    EXPECT_EQ(fault("9,月,,09:00,10:00,30,5,\n").reason, (Reason{"import.unknown_venue"_t}));
    EXPECT_EQ(fault("1,,,09:00,10:00,30,5,\n").reason, (Reason{"import.weekday_or_date"_t}));
    EXPECT_EQ(fault("1,月曜,,09:00,10:00,30,5,\n").reason, (Reason{"import.not_weekday"_t}));
    EXPECT_EQ(fault("1,月,,10:00,09:00,30,5,\n").reason, (Reason{"import.not_after_from"_t}));
    EXPECT_EQ(fault("1,月,,09:00,09:50,30,5,\n").reason, (Reason{"import.not_whole_slots"_t}));
    EXPECT_EQ(fault("1,月,,25:00,26:00,30,5,\n").reason, (Reason{"import.not_time"_t}));
    EXPECT_EQ(fault("1,月,,09:00,10:00,30,-1,\n").reason,
              (Reason{"import.not_number"_t, {{"min", "0"}, {"max", "1000"}}}));
    EXPECT_EQ(fault("1,月,,13:00,15:00,30,5,\n1,月,,14:00,15:00,30,5,\n"),
              (BadRow{3, "from", {"import.overlap"_t, {{"line", "2"}}}}));
}

TEST_F(Import, OfAScheduleRefusesADayThatHasPassed) {
    const auto schedule = [&](std::string_view dates, Date from) {
        std::string text = kScheduleHeader;
        for (; !dates.empty(); dates.remove_prefix(10))
            text += "1,," + std::string(dates.substr(0, 10)) + ",14:00,15:00,30,5,\n";
        ImportRequest request{FileKind::Schedule, text, from, tests::in_days(13)};
        return import_file(town.store(), town.reads(), tests::ticket_rules().municipalities,
                           request, town.now)
            .value();
    };
    // Today is 2021-07-05.
    EXPECT_THAT(schedule("2021-07-042021-07-05", tests::today()).faults.named(),
                ElementsAre(BadRow{2, "date", {"import.past_day"_t}}));
    EXPECT_EQ(schedule("2021-07-05", tests::today()).added, 2);
    // Before the days that are planned, but still to come.
    EXPECT_EQ(schedule("2021-07-052021-07-12", tests::in_days(7)).added, 2);
    EXPECT_THAT(schedule("2021-07-042021-07-12", tests::in_days(7)).faults.named(),
                ElementsAre(BadRow{2, "date", {"import.past_day"_t}}));
    // It is planned on purpose.
    EXPECT_EQ(schedule("2021-07-04", tests::in_days(-1)).added, 2);
}

TEST_F(Import, OfAScheduleRefusesAFileThatPlansNothing) {
    const BadRow no_day{
        0, "", {"import.no_planned_day"_t, {{"from", "2021-07-12"}, {"to", "2021-07-12"}}}};
    for (const char* row : {"1,火,,14:00,15:00,30,5,\n", "1,,2021-07-20,14:00,15:00,30,5,\n"}) {
        const std::string text = std::string(kScheduleHeader) + row;
        ImportRequest request{FileKind::Schedule, text, tests::in_days(7), tests::in_days(7)};
        const auto report = import_file(town.store(), town.reads(),
                                        tests::ticket_rules().municipalities, request, town.now)
                                .value();
        EXPECT_THAT(report.faults.named(), ElementsAre(no_day));
    }
}

TEST_F(Import, RefusesAFileWithoutRows) {
    for (const FileKind kind : all_file_kinds()) {
        EXPECT_THAT(import(kind, header_of(form_of(kind)) + "\n").faults.named(),
                    ElementsAre(BadRow{0, "", {"import.no_rows"_t}}));
    }
}

TEST_F(Import, OfAScheduleNamesTheLineThatWouldChangeABookedVaccine) {
    town.must<BookingMade>(BookFree{PersonId(1), 1, SlotId(1)});
    const auto report = import(FileKind::Schedule,
                               std::string(kScheduleHeader) + "1,月,,09:00,09:30,30,5,moderna\n");
    EXPECT_THAT(
        report.faults.named(),
        ElementsAre(BadRow{2, "vaccine", {"import.vaccine_in_use"_t, {{"date", "2021-07-12"}}}}));
}

TEST_F(Import, OfThousandsGoesInParts) {
    std::string text = kResidentsHeader;
    for (int i = 0; i < 2500; ++i) {
        text += "00000" + std::to_string(10000 + i) + ",x,y,1940-01-01,FALSE,,,,\n";
    }
    const auto report = import(FileKind::Residents, text);
    EXPECT_EQ(report.rows, 2500U);
    EXPECT_EQ(report.added, 2500);
}

}  // namespace
}  // namespace mado::server
