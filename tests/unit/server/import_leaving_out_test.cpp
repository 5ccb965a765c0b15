// Imports that leave bad rows out: what goes in, what is left, and what is refused whole even then.

#include "sync/server/records/import.h"
#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::ServerTown;

constexpr const char* kResidentsHeader = "接種券番号,生年月日,無効フラグ,2回目接種日\n";
constexpr const char* kResultsHeader = "接種券ID,接種自治体名,接種日,ワクチン種,接種回数\n";
constexpr const char* kScheduleHeader = "venue,weekday,date,from,to,minutes,seats\n";
constexpr const char* kVenuesHeader = "id,name,name_en,address,telephone,vaccine\n";
constexpr const char* kVaccinesHeader =
    "code,name_ja,name_en,ledger_name,interval_usual,interval_earliest,age_min,"
    "pass_effective_after\n";

class ImportLeavingOut : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    // The week from Monday, 2021-07-12.
    ImportReport import(FileKind kind, const std::string& bytes, DryRun dry_run = DryRun::No) {
        const ImportRequest request{
            kind, bytes, tests::in_days(7), tests::in_days(13), dry_run, BadRows::LeaveOut};
        return import_file(town.store(), town.reads(), tests::ticket_rules().municipalities,
                           request, town.now)
            .value();
    }
    std::optional<Person> person(std::string_view ticket) {
        return town.reads().person(tests::a_ticket(ticket)).value();
    }
    // Of a day, by when they begin.
    std::vector<std::string> slots_of(std::int64_t venue, int days) {
        std::vector<std::string> times;
        const auto slots = town.reads().slots(tests::in_days(days), tests::in_days(days)).value();
        for (const Slot& slot : slots) {
            if (slot.venue == VenueId(venue) && slot.seats.target > 0)
                times.push_back(to_text(slot.starts));
        }
        std::sort(times.begin(), times.end());
        return times;
    }
    static BadRow contradicted(int line, const char* column, const char* by) {
        return {line, column, {"import.contradicted"_t, {{"line", by}}}};
    }

    ServerTown town;
};

TEST_F(ImportLeavingOut, TakesGoodResidentsAndNamesTheOthers) {
    const auto report = import(FileKind::Residents, std::string(kResidentsHeader) +
                                                        "0000005001,1937-01-01,FALSE,\n"
                                                        "0000005002,1937-02-30,maybe,\n"
                                                        "0000005003,1937-01-01\n"
                                                        "0000005004,1937-01-01,FALSE,\n");
    EXPECT_THAT(report.faults.named(), SizeIs(3));
    EXPECT_EQ(report.lines_left_out, 2u);
    EXPECT_EQ(report.rows, 2u);
    EXPECT_EQ(report.added, 2);
    EXPECT_TRUE(person("0000005001").has_value());
    EXPECT_FALSE(person("0000005002").has_value());
    EXPECT_FALSE(person("0000005003").has_value());
    EXPECT_TRUE(person("0000005004").has_value());
}

TEST_F(ImportLeavingOut, AFileWithoutFaultsLeavesNothing) {
    const auto report = import(FileKind::Residents,
                               std::string(kResidentsHeader) + "0000005001,1937-01-01,FALSE,\n");
    EXPECT_TRUE(report.faults.none());
    EXPECT_EQ(report.lines_left_out, 0u);
    EXPECT_EQ(report.added, 1);
}

TEST_F(ImportLeavingOut, OfADryRunChangesNothingAndCountsTheSame) {
    const std::string text = std::string(kResidentsHeader) +
                             "0000005001,1937-01-01,FALSE,\n"
                             "0000005002,1937-02-30,FALSE,\n";
    const auto dry = import(FileKind::Residents, text, DryRun::Yes);
    EXPECT_EQ(dry.added, 0);
    EXPECT_FALSE(person("0000005001").has_value());
    const auto done = import(FileKind::Residents, text);
    EXPECT_EQ(done.added, 1);
    EXPECT_EQ(dry.rows, done.rows);
    EXPECT_EQ(dry.lines_left_out, done.lines_left_out);
    EXPECT_EQ(dry.faults.named(), done.faults.named());
}

// Whose birth date is right decides who gets in; the first of two is no better than the second.
TEST_F(ImportLeavingOut, OfTwoRowsThatContradictEachOtherTakesNeither) {
    const auto report = import(FileKind::Residents, std::string(kResidentsHeader) +
                                                        "0000005001,1937-01-01,FALSE,\n"
                                                        "0000005002,1937-01-01,FALSE,\n"
                                                        "0000005001,1938-01-01,FALSE,\n"
                                                        "0000005001,1937-01-01,FALSE,\n");
    EXPECT_THAT(
        report.faults.named(),
        ElementsAre(contradicted(2, "接種券番号", "4"),
                    BadRow{4, "接種券番号", {"import.other_birth_date"_t, {{"line", "2"}}}}));
    EXPECT_FALSE(person("0000005001").has_value());
    EXPECT_TRUE(person("0000005002").has_value());
}

TEST_F(ImportLeavingOut, TakesGoodResultsOfPeopleWhoAreOnTheList) {
    const auto report =
        import(FileKind::Results, std::string(kResultsHeader) +
                                      "0000000001,みどり市,2021-06-01,ファイザー,1\n"
                                      "0000008888,みどり市,2021-06-01,ファイザー,1\n"
                                      "0000000002,みどり市,2021-06-01,水,1\n"
                                      "0000000003,みどり市,2021-06-01,ファイザー,1\n"
                                      "0000000003,みどり市,2021-06-02,ファイザー,1\n"
                                      "0000000004,みどり市,2021-06-20,ファイザー,1\n"
                                      "0000000004,みどり市,2021-06-10,ファイザー,2\n");
    EXPECT_EQ(report.added, 1);
    EXPECT_EQ(report.lines_left_out, 6u);
    EXPECT_THAT(person("0000000001")->doses, SizeIs(1));
    for (const char* ticket : {"0000000002", "0000000003", "0000000004"}) {
        EXPECT_THAT(person(ticket)->doses, IsEmpty()) << ticket;
    }
}

TEST_F(ImportLeavingOut, TakesGoodVenuesAndVaccines) {
    const auto venues = import(FileKind::Venues, std::string(kVenuesHeader) +
                                                     "11,市民館,Hall,中央1,072-000-0001,pfizer\n"
                                                     "12,市民館,Hall,中央1,無し,pfizer\n"
                                                     "13,市民館,Hall,中央1,072-000-0001,pfizer\n"
                                                     "13,公民館,Hall,中央1,072-000-0001,pfizer\n");
    EXPECT_EQ(venues.added, 1);
    EXPECT_THAT(
        venues.faults.named(),
        ElementsAre(BadRow{3, "telephone", {"import.not_telephone"_t}}, contradicted(4, "id", "5"),
                    BadRow{5, "id", {"import.twice"_t, {{"line", "4"}}}}));
    const auto vaccines =
        import(FileKind::Vaccines, std::string(kVaccinesHeader) +
                                       "kmb,ケイエム,KM Biologics,ケイエム,21,18,12,14\n"
                                       "janssen,ヤンセン,Janssen,ヤンセン,0,0,18,14\n");
    EXPECT_EQ(vaccines.added, 1);
    EXPECT_EQ(vaccines.lines_left_out, 1u);
}

TEST_F(ImportLeavingOut, TakesGoodRowsOfASchedule) {
    const auto report = import(FileKind::Schedule, std::string(kScheduleHeader) +
                                                       "3,水,,09:00,10:00,30,5\n"
                                                       "3,木,,10:00,09:00,30,5\n"
                                                       "99,水,,09:00,10:00,30,5\n"
                                                       "3,金,,13:00,15:00,60,5\n"
                                                       "3,金,,14:00,15:00,60,5\n");
    EXPECT_EQ(report.rows, 2u);
    EXPECT_EQ(report.added, 2);
    EXPECT_EQ(report.lines_left_out, 4u);
    EXPECT_THAT(slots_of(3, 9), ElementsAre("09:00", "09:30"));
    EXPECT_THAT(slots_of(3, 10), IsEmpty());
    EXPECT_THAT(slots_of(3, 11), IsEmpty()) << "of two that overlap neither";
}

// Otherwise a holiday whose row has a slip in it would be open as any such weekday.
TEST_F(ImportLeavingOut, AWeekdayDoesNotStandInForADateWhoseRowIsBad) {
    const std::string weekdays = std::string(kScheduleHeader) +
                                 "3,水,,09:00,09:30,30,5\n"
                                 "3,木,,09:00,09:30,30,5\n"
                                 "2,水,,09:00,09:30,30,5\n";
    const auto report =
        import(FileKind::Schedule, weekdays + "3,,2021-07-14,09:00,09:30,30,none\n");
    EXPECT_THAT(report.faults.named(),
                testing::Contains(
                    BadRow{5, "date", {"import.date_not_planned"_t, {{"date", "2021-07-14"}}}}));
    EXPECT_THAT(slots_of(3, 9), IsEmpty());
    EXPECT_THAT(slots_of(3, 10), ElementsAre("09:00"));
    EXPECT_THAT(slots_of(2, 9), ElementsAre("09:00"));
}

TEST_F(ImportLeavingOut, AGoodRowOfADateStandsWhateverTheBadOneWas) {
    const auto report = import(FileKind::Schedule, std::string(kScheduleHeader) +
                                                       "3,,2021-07-14,09:00,09:30,30,5\n"
                                                       "3,,2021-07-14,13:00,13:30,30,none\n");
    EXPECT_EQ(report.added, 1);
    EXPECT_THAT(slots_of(3, 9), ElementsAre("09:00"));
}

TEST_F(ImportLeavingOut, WhereTheBadRowMayBeOfAnyDateNoWeekdayIsPlanned) {
    const std::string good = std::string(kScheduleHeader) +
                             "3,水,,09:00,09:30,30,5\n"
                             "2,,2021-07-15,09:00,09:30,30,5\n";
    for (const char* bad : {"3,,July,09:00,09:30,30,0\n", "3,,2021-07-14,09:00\n"}) {
        const auto report = import(FileKind::Schedule, good + bad);
        EXPECT_THAT(report.faults.named(),
                    testing::Contains(BadRow{4, "date", {"import.weekdays_not_planned"_t}}));
        EXPECT_THAT(slots_of(3, 9), IsEmpty());
        EXPECT_THAT(slots_of(2, 10), ElementsAre("09:00"));
    }
}

TEST_F(ImportLeavingOut, ADateOfAVenueThatNobodyCanReadIsPlannedNowhere) {
    import(FileKind::Schedule, std::string(kScheduleHeader) +
                                   "3,水,,09:00,09:30,30,5\n"
                                   "3,木,,09:00,09:30,30,5\n"
                                   "三,,2021-07-14,09:00,09:30,30,0\n");
    EXPECT_THAT(slots_of(3, 9), IsEmpty());
    EXPECT_THAT(slots_of(3, 10), ElementsAre("09:00"));
}

TEST_F(ImportLeavingOut, ARowThatWouldChangeABookedVaccineIsLeft) {
    town.must<BookingMade>(BookFree{PersonId(1), 1, SlotId(1)});
    const auto report = import(FileKind::Schedule,
                               "venue,weekday,date,from,to,minutes,seats,vaccine\n"
                               "1,月,,09:00,09:30,30,5,moderna\n"
                               "1,火,,09:00,09:30,30,5,moderna\n");
    EXPECT_EQ(report.added, 1);
    EXPECT_EQ(report.lines_left_out, 1u);
    EXPECT_EQ(town.slot(1).vaccine, tests::a_vaccine_code("pfizer"));
}

// Also where the row begins on a line before it.
TEST_F(ImportLeavingOut, ALineOfAnotherEncodingIsLeftWithTheRowThatItBelongsTo) {
    const std::string other = *encode_text("髙橋", Encoding::Cp932);
    const auto report = import(FileKind::Residents,
                               "接種券番号,氏名,生年月日,無効フラグ,2回目接種日\n"
                               "0000005001,髙橋,1937-01-01,FALSE,\n"
                               "0000005002,\"髙橋\n" +
                                   other + "\",1937-01-01,FALSE,\n" + "0000005003," + other +
                                   ",1937-01-01,FALSE,\n"
                                   "0000005004,髙橋,1937-01-01,FALSE,\n");
    EXPECT_EQ(report.added, 2);
    EXPECT_TRUE(person("0000005001").has_value());
    EXPECT_FALSE(person("0000005002").has_value());
    EXPECT_FALSE(person("0000005003").has_value());
    EXPECT_TRUE(person("0000005004").has_value());
}

TEST_F(ImportLeavingOut, AFileThatIsBadAsSuchIsRefusedWhole) {
    const std::string good = "0000005001,1937-01-01,FALSE,\n";
    for (const std::string& text :
         {"接種券番号,生年月日,無効フラグ\n0000005001,1937-01-01,FALSE\n" + std::string(),
          std::string("接種券番号,生年月日,無効フラグ,2回目接種日,\n") +
              "0000005001,1937-01-01,FALSE,,\n",
          std::string("\xFF\xFE") + kResidentsHeader + good,
          "PK\x03\x04" + std::string(kResidentsHeader) + good, std::string(kResidentsHeader),
          std::string()}) {
        const auto report = import(FileKind::Residents, text);
        EXPECT_FALSE(report.faults.none());
        EXPECT_EQ(report.lines_left_out, 0u);
        EXPECT_EQ(report.added, 0);
        EXPECT_FALSE(person("0000005001").has_value());
    }
}

// Its slots are not all that it says, whichever line they stop at.
TEST_F(ImportLeavingOut, AScheduleOfMoreSlotsThanMayBeIsRefusedWhole) {
    std::string text = kScheduleHeader;
    for (const char* venue : {"1", "2", "3"}) {
        for (const char* day : {"月", "火", "水", "木", "金", "土", "日"})
            text += std::string(venue) + "," + day + ",,00:00,23:55,5,5\n";
    }
    const ImportRequest request{FileKind::Schedule,  text,       tests::in_days(7),
                                tests::in_days(300), DryRun::No, BadRows::LeaveOut};
    const auto report = import_file(town.store(), town.reads(),
                                    tests::ticket_rules().municipalities, request, town.now)
                            .value();
    EXPECT_THAT(report.faults.named(), SizeIs(1));
    EXPECT_EQ(report.lines_left_out, 0u);
    EXPECT_EQ(report.added, 0);
}

TEST_F(ImportLeavingOut, AFileWithoutOneGoodRowIsRefused) {
    const auto report = import(FileKind::Residents,
                               std::string(kResidentsHeader) + "0000005001,1937-02-30,FALSE,\n");
    EXPECT_FALSE(report.faults.none());
    EXPECT_EQ(report.rows, 0u);
    EXPECT_EQ(report.lines_left_out, 0u);
}

TEST_F(ImportLeavingOut, TakesTheRestOfAFileWithMoreFaultsThanAreNamed) {
    std::string text = kResidentsHeader;
    for (std::size_t i = 0; i <= kFaultsNamedMax; ++i)
        text += "x\n";
    text += "0000005001,1937-01-01,FALSE,\n0000005002,1937-02-30,FALSE,\n";
    const auto report = import(FileKind::Residents, text);
    EXPECT_EQ(report.faults.named().size(), kFaultsNamedMax);
    EXPECT_EQ(report.added, 1);
    EXPECT_EQ(report.lines_left_out, kFaultsNamedMax + 2);
}

}  // namespace
}  // namespace mado::server
