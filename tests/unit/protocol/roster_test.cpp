#include "sync/protocol/roster.h"

#include "tests/support/builders.h"
#include "tests/unit/protocol/samples.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using namespace mado::sync;
using Kind = IoError::Kind;

constexpr RosterKey kKey = {1, 2, 3, 4, 5};
constexpr RosterKey kOtherKey = {1, 2, 3, 4, 6};

VaccineList list() {
    return {a_vaccine_code("pfizer"), a_vaccine_code("moderna")};
}

Ticket ticket(int number) {
    std::string digits = std::to_string(number);
    digits.insert(0, 10 - digits.size(), '0');
    return a_ticket(digits);
}

std::vector<RosterRow> rows(int count) {
    std::vector<RosterRow> all;
    for (int i = 1; i <= count; ++i)
        all.push_back(seal(kKey, list(), ticket(i), a_resident(i)));
    return all;
}

TEST(Roster, AScannedTicketOpensItsRow) {
    const auto after_dose = a_resident_after_dose(1, in_days(-20), "moderna");
    const auto row = seal(kKey, list(), ticket(1), after_dose);
    EXPECT_EQ(row.locator, locate(kKey, ticket(1)));
    EXPECT_EQ(open(kKey, list(), ticket(1), row.sealed), after_dose);

    auto invalid = a_resident(4294967295);
    invalid.valid = false;
    EXPECT_EQ(open(kKey, list(), ticket(2), seal(kKey, list(), ticket(2), invalid).sealed),
              invalid);
}

TEST(Roster, KeepsABirthDateWhoseDayIsUnknown) {
    Resident resident = a_resident();
    resident.birth_date = Personal<BirthDate>(a_birth_date(19390600));
    const auto row = seal(kKey, list(), ticket(1), resident);
    EXPECT_EQ(open(kKey, list(), ticket(1), row.sealed), resident);
}

TEST(Roster, AnotherTicketOpensNothing) {
    const auto row = seal(kKey, list(), ticket(1), a_resident());
    EXPECT_FALSE(open(kKey, list(), ticket(2), row.sealed));
    const Ticket elsewhere{a_municipality("272035"), ticket(1).number};
    EXPECT_FALSE(open(kKey, list(), elsewhere, row.sealed));
    EXPECT_NE(locate(kKey, elsewhere), row.locator);
}

TEST(Roster, AnotherDevicesKeyFindsAndOpensNothing) {
    const auto row = seal(kKey, list(), ticket(1), a_resident());
    EXPECT_NE(locate(kOtherKey, ticket(1)), row.locator);
    EXPECT_FALSE(open(kOtherKey, list(), ticket(1), row.sealed));
}

TEST(Roster, ARowThatWasAlteredAnywhereOpensNothing) {
    const auto row = seal(kKey, list(), ticket(1), a_resident());
    for (std::size_t bit = 0; bit < kSealedBytes * 8; ++bit) {
        SealedRow altered = row.sealed;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1 << (bit % 8));
        ASSERT_FALSE(open(kKey, list(), ticket(1), altered)) << "bit " << bit;
    }
}

TEST(Roster, AVaccineThatTheListLacksIsReadAsOneThatNoTableHolds) {
    const auto row =
        seal(kKey, list(), ticket(1), a_resident_after_dose(1, in_days(-20), "astrazeneca"));
    const auto opened = open(kKey, list(), ticket(1), row.sealed);
    ASSERT_TRUE(opened && opened->last_dose);
    EXPECT_EQ(opened->last_dose->vaccine.text(), "unknown");
    EXPECT_FALSE(vaccines().contains(opened->last_dose->vaccine));

    const auto newer =
        seal(kKey, list(), ticket(1), a_resident_after_dose(1, in_days(-20), "moderna"));
    const auto older_list = open(kKey, {a_vaccine_code("pfizer")}, ticket(1), newer.sealed);
    EXPECT_EQ(older_list->last_dose->vaccine.text(), "unknown");
}

TEST(Roster, WritesADoseThatDoesNotFitAsTheNearestThatDoes) {
    const auto stored = [](const Resident& resident) {
        return open(kKey, list(), ticket(1), seal(kKey, list(), ticket(1), resident).sealed)
            ->last_dose.value();
    };
    EXPECT_EQ(stored(a_resident_after_dose(1, a_date("1991-05-01"))).date, a_date("2000-01-01"));
    EXPECT_EQ(stored(a_resident_after_dose(1, a_date("2999-05-01"))).date, a_date("2179-06-06"));
    EXPECT_EQ(stored(a_resident_after_dose(200, in_days(-1))).number, 127);
}

TEST(RosterFile, FindsEveryRowAndNoOther) {
    auto all = rows(2000);
    const auto view = view_of(write_roster_file({7, 99}, list(), all)).value();

    EXPECT_EQ(view.position(), (FeedPosition{7, 99}));
    EXPECT_EQ(view.vaccines(), list());
    EXPECT_EQ(view.size(), 2000U);
    for (const auto& row : all)
        ASSERT_EQ(view.find(row.locator), row.sealed);
    for (int i = 2001; i < 4000; ++i)
        ASSERT_FALSE(view.find(locate(kKey, ticket(i))));
    EXPECT_FALSE(view.find(Locator{}));
    EXPECT_FALSE(view.find(Locator{255, 255, 255, 255, 255, 255, 255, 255}));
}

TEST(RosterFile, IsTheSameWhateverTheOrderOfItsRows) {
    auto forwards = rows(100);
    auto backwards = std::vector(forwards.rbegin(), forwards.rend());
    EXPECT_EQ(write_roster_file({1, 1}, list(), forwards),
              write_roster_file({1, 1}, list(), backwards));
}

TEST(RosterFile, TakesThirtyFiveBytesARow) {
    const auto none = write_roster_file({1, 1}, list(), {});
    const auto some = write_roster_file({1, 1}, list(), rows(100));
    EXPECT_EQ(some.size() - none.size(), 3500U);
}

TEST(RosterFile, HoldsNothingThatATicketOrBirthDateCouldBeReadFrom) {
    const auto file = write_roster_file({1, 1}, list(), rows(100));
    EXPECT_THAT(file, testing::Not(testing::HasSubstr("0000000042")));
    EXPECT_THAT(file, testing::Not(testing::HasSubstr("272205")));
}

TEST(RosterFile, OfNobodyIsWholeAndFindsNobody) {
    const auto view = view_of(write_roster_file({1, 5}, {}, {}));
    ASSERT_TRUE(view.ok());
    EXPECT_EQ(view->size(), 0U);
    EXPECT_FALSE(view->find(locate(kKey, ticket(1))));
}

TEST(RosterFile, IsCorruptWhenCutAnywhereOrLonger) {
    const auto whole = write_roster_file({1, 5}, list(), rows(3));
    ASSERT_TRUE(view_of(whole).ok());
    for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
        const auto view = view_of(whole.substr(0, bytes));
        ASSERT_FALSE(view.ok()) << bytes;
        EXPECT_EQ(view.error().kind, Kind::Corrupt);
    }
    EXPECT_FALSE(view_of(whole + "x").ok());
    EXPECT_FALSE(view_of(whole + whole.substr(whole.size() - 35)).ok());
}

TEST(RosterFile, IsCorruptWithAnotherHeader) {
    const auto whole = write_roster_file({1, 5}, list(), rows(3));
    for (const std::size_t at : {0U, 7U, 8U, 16U, 24U, 31U, 32U, 33U, 34U}) {
        auto altered = whole;
        altered[at] = static_cast<char>(altered[at] ^ 0x80);
        EXPECT_FALSE(view_of(altered).ok()) << at;
    }
}

TEST(RosterFile, ThatIsNotSortedGivesNoWrongRow) {
    const auto all = rows(300);
    auto bytes = write_roster_file({1, 5}, list(), all);
    const std::size_t head = bytes.size() - 300 * 35;
    std::string mixed = bytes.substr(0, head);
    for (std::size_t i = 0; i < 300; ++i)
        mixed += bytes.substr(head + (i * 113 % 300) * 35, 35);
    const auto view = view_of(mixed).value();
    int found = 0;
    for (const auto& row : all) {
        const auto sealed = view.find(row.locator);
        if (!sealed) continue;
        EXPECT_EQ(*sealed, row.sealed);
        ++found;
    }
    EXPECT_LT(found, 300);
}

TEST(RosterFile, IsFoundInWhenLocatorsLieAllTogether) {
    std::vector<RosterRow> all;
    for (int i = 0; i < 1000; ++i) {
        RosterRow row;
        row.locator[6] = static_cast<std::uint8_t>(i >> 8);
        row.locator[7] = static_cast<std::uint8_t>(i);
        row.sealed[0] = static_cast<std::uint8_t>(i % 251);
        all.push_back(row);
    }
    all.push_back({{255, 255, 255, 255, 255, 255, 255, 255}, {}});
    const auto view = view_of(write_roster_file({1, 1}, {}, all)).value();
    for (const auto& row : all)
        ASSERT_EQ(view.find(row.locator), row.sealed);
}

TEST(RosterFile, KeepsItsRowsWhenMoved) {
    const auto all = rows(5);
    auto view = view_of(write_roster_file({1, 1}, list(), all)).value();
    auto other = view_of(write_roster_file({1, 2}, list(), {})).value();
    other = std::move(view);
    EXPECT_EQ(other.find(all[2].locator), all[2].sealed);
    EXPECT_EQ(other.position().number, 1);
}

}  // namespace
}  // namespace mado::tests
