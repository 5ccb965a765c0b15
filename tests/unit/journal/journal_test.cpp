#include "shared/journal/journal.h"

#include "tests/support/builders.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado {
namespace {

using Kind = IoError::Kind;
using sqlite::Access;
using sqlite::Database;
using testing::ElementsAre;
using tests::now;
using tests::ScratchFolder;

constexpr DeviceId kDevice{7};
constexpr SealKey kKey{1, 2, 3};

Result<void, IoError> nothing(const Envelope&) {
    return {};
}

std::vector<std::int64_t> numbers(const Result<std::vector<Envelope>, IoError>& events) {
    std::vector<std::int64_t> found;
    for (const Envelope& event : events.value())
        found.push_back(event.number.number());
    return found;
}

Answer an_answer(std::int64_t number, FeedPosition position) {
    return {EventNumber(number), Answer::Verdict::Accepted, "", position};
}

class JournalTest : public testing::Test {
  protected:
    JournalTest() { EXPECT_TRUE(database.execute("CREATE TABLE effect (word TEXT) STRICT").ok()); }

    static Database opened(const std::filesystem::path& file) {
        return Database::open(file, Access::ReadWrite).value();
    }

    Journal open() { return Journal::open(database, kDevice, kKey).value(); }

    // The journal as the next start of the program finds it.
    Result<Journal, IoError> reopened() {
        database = opened(folder / "other.db");
        database = opened(folder / "a.db");
        return Journal::open(database, kDevice, kKey);
    }

    void edit(const std::string& sql) {
        ASSERT_TRUE(database.execute(sql).ok());
        ASSERT_GT(database.changes(), 0) << sql;
    }

    Result<void, IoError> note(std::string_view word) {
        auto insert = database.prepare("INSERT INTO effect VALUES (?)").value();
        return insert.bind(1, word).run();
    }

    std::int64_t number_from(std::string_view sql) {
        auto select = database.prepare(sql).value();
        EXPECT_TRUE(select.step().value());
        return select.integer(0);
    }

    std::int64_t effects() { return number_from("SELECT count(*) FROM effect"); }

    static void append(Journal& journal, int count) {
        for (int i = 0; i < count; ++i) {
            const std::string body = "event " + std::to_string(journal.last().number() + 1);
            ASSERT_TRUE(journal.append(body, now(), nothing).ok());
        }
    }

    ScratchFolder folder;
    Database database = opened(folder / "a.db");
};

TEST_F(JournalTest, IsEmptyAtFirst) {
    const Journal journal = open();
    EXPECT_EQ(journal.last(), EventNumber(0));
    EXPECT_EQ(journal.head(), kChainStart);
    EXPECT_TRUE(journal.unanswered(10)->empty());
    EXPECT_EQ(journal.backlog().value(), Backlog());
    EXPECT_TRUE(journal.not_passed({1, 0})->empty());
}

TEST_F(JournalTest, NumbersAndChainsWhatIsAppended) {
    Journal journal = open();
    const std::string strange("窓口\0{\"\n", 10);
    const auto first = journal.append(strange, now(), nothing);
    const auto second = journal.append("", now(), nothing);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(*first, (Envelope{kDevice, EventNumber(1), kChainStart, strange}));
    EXPECT_EQ(*second, (Envelope{kDevice, EventNumber(2), first->hash(), ""}));
    EXPECT_EQ(journal.head(), second->hash());
    EXPECT_EQ(journal.unanswered(10).value(), (std::vector{*first, *second}));
}

TEST_F(JournalTest, GoesOnWhereItWasAfterAStart) {
    Journal journal = open();
    append(journal, 3);
    const Digest head = journal.head();

    auto again = reopened();
    ASSERT_TRUE(again.ok()) << again.error().what;
    EXPECT_EQ(again->last(), EventNumber(3));
    EXPECT_EQ(again->head(), head);
    const auto fourth = again->append("x", now(), nothing);
    EXPECT_EQ(fourth->number, EventNumber(4));
    EXPECT_EQ(fourth->previous, head);
    EXPECT_TRUE(reopened().ok());
}

TEST_F(JournalTest, AnErrorOfTheEffectLeavesNothingAndTheNextGetsTheNumber) {
    Journal journal = open();
    append(journal, 1);
    const Digest head = journal.head();

    const auto failed =
        journal.append("x", now(), [&](const Envelope& event) -> Result<void, IoError> {
            EXPECT_EQ(event.number, EventNumber(2));
            MADO_TRY(note("half"));
            return fail(IoError{Kind::Refused, "no seat left"});
        });
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error(), (IoError{Kind::Refused, "no seat left"}));
    EXPECT_EQ(effects(), 0);
    EXPECT_EQ(journal.last(), EventNumber(1));
    EXPECT_EQ(journal.head(), head);
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(1));

    const auto kept = journal.append("y", now(), [&](const Envelope&) { return note("whole"); });
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->number, EventNumber(2));
    EXPECT_EQ(effects(), 1);
    EXPECT_TRUE(reopened().ok());
}

TEST_F(JournalTest, AppendsSeveralAllOrNone) {
    Journal journal = open();
    append(journal, 1);
    const std::vector<std::string> bodies = {"a", "b", "c"};

    const auto failed =
        journal.append_all(bodies, now(), [&](const Envelope& event) -> Result<void, IoError> {
            if (event.body == "c") return fail(IoError{Kind::Refused, "not c"});
            return note(event.body);
        });
    EXPECT_FALSE(failed.ok());
    EXPECT_EQ(effects(), 0);
    EXPECT_EQ(journal.last(), EventNumber(1));

    const auto kept =
        journal.append_all(bodies, now(), [&](const Envelope& event) { return note(event.body); });
    EXPECT_THAT(numbers(kept), ElementsAre(2, 3, 4));
    EXPECT_EQ(effects(), 3);
    EXPECT_EQ(journal.head(), kept->back().hash());
    EXPECT_TRUE(journal.append_all({}, now(), nothing)->empty());
    EXPECT_EQ(reopened()->last(), EventNumber(4));
}

TEST_F(JournalTest, AFullDiskLeavesNothingHalfDoneAndWorksAgainAfter) {
    Journal journal = open();
    append(journal, 3);
    const auto page_count = number_from("PRAGMA page_count");
    ASSERT_TRUE(database.execute("PRAGMA max_page_count = " + std::to_string(page_count + 1)).ok());
    const std::string large(60'000, 'x');

    const auto full = journal.append("small", now(), [&](const Envelope&) { return note(large); });
    ASSERT_FALSE(full.ok());
    EXPECT_EQ(full.error().kind, Kind::Full);
    EXPECT_EQ(journal.append(large, now(), nothing).error().kind, Kind::Full);
    EXPECT_EQ(journal.last(), EventNumber(3));
    EXPECT_EQ(effects(), 0);
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(1, 2, 3));

    ASSERT_TRUE(database.execute("PRAGMA max_page_count = 100000").ok());
    EXPECT_EQ(journal.append(large, now(), nothing)->number, EventNumber(4));
    EXPECT_TRUE(reopened().ok());
}

TEST_F(JournalTest, RefusesATailThatWasCut) {
    Journal journal = open();
    append(journal, 5);
    edit("DELETE FROM journal_event WHERE number = 5");
    EXPECT_EQ(reopened().error().kind, Kind::Corrupt);
}

TEST_F(JournalTest, RefusesATailThatIsWhollyGone) {
    Journal journal = open();
    append(journal, 2);
    edit("DELETE FROM journal_event");
    EXPECT_EQ(reopened().error().kind, Kind::Corrupt);
}

TEST_F(JournalTest, RefusesAHeadThatIsGone) {
    Journal journal = open();
    append(journal, 2);
    edit("DELETE FROM journal");
    EXPECT_EQ(reopened().error().kind, Kind::Corrupt);
}

TEST_F(JournalTest, RefusesAChainWhereSomethingWasChanged) {
    for (const char* sql : {"UPDATE journal_event SET body = x'657665' WHERE number = 5",
                            "UPDATE journal_event SET body = zeroblob(length(body))"
                            " WHERE number = 3",
                            "UPDATE journal_event SET body ="
                            " (SELECT body FROM journal_event WHERE number = 2) WHERE number = 3",
                            "UPDATE journal_event SET previous = zeroblob(32) WHERE number = 4",
                            "UPDATE journal_event SET previous = randomblob(32) WHERE number = 1",
                            "DELETE FROM journal_event WHERE number = 1",
                            "DELETE FROM journal_event WHERE number = 3",
                            "UPDATE journal_event SET number = 6 WHERE number = 5",
                            "INSERT INTO journal_event (number, previous, body, appended_at)"
                            " SELECT 6, head, x'657665', 0 FROM journal",
                            "UPDATE journal SET head = randomblob(32)",
                            "UPDATE journal SET last = 6", "UPDATE journal SET first = 2"}) {
        database = opened(folder / (std::to_string(std::hash<std::string>()(sql)) + ".db"));
        Journal journal = open();
        append(journal, 5);
        ASSERT_TRUE(Journal::open(database, kDevice, kKey).ok());
        edit(sql);
        const auto again = Journal::open(database, kDevice, kKey);
        ASSERT_FALSE(again.ok()) << sql;
        EXPECT_EQ(again.error().kind, Kind::Corrupt) << sql;
    }
}

TEST_F(JournalTest, LeavesNothingReadableOnTheDisk) {
    Journal journal = open();
    const std::string body = "a person's condition, which is nobody's business";
    ASSERT_TRUE(journal.append(body, now(), nothing).ok());
    EXPECT_EQ(journal.unanswered(1).value().at(0).body, body);
    ASSERT_TRUE(database.execute("PRAGMA wal_checkpoint(TRUNCATE)").ok());
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
        std::ifstream stream(file.path(), std::ios::binary);
        const std::string raw(std::istreambuf_iterator<char>(stream), {});
        EXPECT_EQ(raw.find("condition"), std::string::npos) << file.path();
        EXPECT_EQ(raw.find("business"), std::string::npos) << file.path();
    }
}

TEST_F(JournalTest, RefusesAnotherKey) {
    Journal journal = open();
    append(journal, 1);
    EXPECT_EQ(Journal::open(database, kDevice, SealKey{9}).error().kind, Kind::Corrupt);
    EXPECT_TRUE(Journal::open(database, kDevice, kKey).ok());
}

TEST_F(JournalTest, RefusesAnotherDevicesJournal) {
    Journal journal = open();
    append(journal, 1);
    EXPECT_EQ(Journal::open(database, DeviceId(8), kKey).error().kind, Kind::Refused);
    edit("UPDATE journal SET device = 8");
    EXPECT_EQ(Journal::open(database, DeviceId(8), kKey).error().kind, Kind::Corrupt);
}

TEST_F(JournalTest, TheSameAnswerTwiceChangesNothing) {
    Journal journal = open();
    append(journal, 2);
    const Answer first{EventNumber(1), Answer::Verdict::Worklist, "doubled", {1, 10}};
    ASSERT_TRUE(journal.remember(first, now()).ok());
    ASSERT_TRUE(journal.remember(first, now() + std::chrono::hours(1)).ok());
    Answer other = an_answer(1, {1, 11});
    ASSERT_TRUE(journal.remember(other, now()).ok());
    EXPECT_EQ(journal.answer_to(EventNumber(1)).value(), first);
    EXPECT_EQ(journal.answer_to(EventNumber(2)).value(), std::nullopt);
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(2));
    EXPECT_EQ(reopened()->answer_to(EventNumber(1)).value(), first);
}

TEST_F(JournalTest, AnAnswerOfALaterEpochReplaces) {
    Journal journal = open();
    append(journal, 1);
    ASSERT_TRUE(journal.remember(an_answer(1, {1, 10}), now()).ok());
    ASSERT_TRUE(journal.remember(an_answer(1, {2, 3}), now()).ok());
    ASSERT_TRUE(journal.remember(an_answer(1, {1, 99}), now()).ok());
    EXPECT_EQ(journal.answer_to(EventNumber(1)).value(), an_answer(1, {2, 3}));
}

TEST_F(JournalTest, AnAnswerToWhatNeverWasIsRefused) {
    Journal journal = open();
    append(journal, 1);
    EXPECT_EQ(journal.remember(an_answer(2, {1, 1}), now()).error().kind, Kind::Refused);
    EXPECT_EQ(journal.remember(an_answer(0, {1, 1}), now()).error().kind, Kind::Refused);
    EXPECT_EQ(journal.remember(an_answer(-1, {1, 1}), now()).error().kind, Kind::Refused);
}

TEST_F(JournalTest, AnswersMayComeOutOfOrderAndLeaveGaps) {
    Journal journal = open();
    append(journal, 6);
    for (const int number : {2, 4, 5}) {
        ASSERT_TRUE(journal.remember(an_answer(number, {1, number}), now()).ok());
    }
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(1, 3, 6));
    EXPECT_THAT(numbers(journal.unanswered(2)), ElementsAre(1, 3));
    EXPECT_EQ(journal.backlog()->unanswered, 3u);
    ASSERT_TRUE(journal.remember(an_answer(1, {1, 6}), now()).ok());
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(3, 6));
    EXPECT_THAT(numbers(reopened()->unanswered(10)), ElementsAre(3, 6));
}

TEST_F(JournalTest, SaysWhatIsNotSettledAndSinceWhen) {
    Journal journal = open();
    const auto at = [](int minute) { return now() + std::chrono::minutes(minute); };
    for (int minute = 1; minute <= 4; ++minute)
        ASSERT_TRUE(journal.append("event", at(minute), nothing).ok());
    EXPECT_EQ(journal.backlog().value(), (Backlog{4, at(1), 0, {}}));
    ASSERT_TRUE(journal.remember(an_answer(1, {1, 1}), at(5)).ok());
    for (const int number : {2, 3}) {
        Answer aside = an_answer(number, {1, number});
        aside.verdict = Answer::Verdict::Aside;
        ASSERT_TRUE(journal.remember(aside, at(5)).ok());
    }
    EXPECT_EQ(journal.backlog().value(), (Backlog{1, at(4), 2, at(2)}));
    EXPECT_EQ(reopened()->backlog().value(), (Backlog{1, at(4), 2, at(2)}));
}

TEST_F(JournalTest, AnAnswerGoesWithTheCallersTransaction) {
    Journal journal = open();
    append(journal, 2);
    const auto done = database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(journal.remember(an_answer(1, {1, 1}), now()));
        EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(2));
        return fail(IoError{Kind::Full, "the cursor's row"});
    });
    EXPECT_FALSE(done.ok());
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(1, 2));
}

TEST_F(JournalTest, AnAnsweredEventStaysInTheOverlayUntilTheCursorHasPassedIt) {
    Journal journal = open();
    append(journal, 4);
    ASSERT_TRUE(journal.remember(an_answer(1, {1, 10}), now()).ok());
    ASSERT_TRUE(journal.remember(an_answer(2, {1, 12}), now()).ok());
    ASSERT_TRUE(journal.remember(an_answer(4, {1, 11}), now()).ok());
    EXPECT_THAT(numbers(journal.not_passed({1, 9})), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(numbers(journal.not_passed({1, 10})), ElementsAre(2, 3, 4));
    EXPECT_THAT(numbers(journal.not_passed({1, 11})), ElementsAre(2, 3));
    EXPECT_THAT(numbers(journal.not_passed({1, 12})), ElementsAre(3));
}

TEST_F(JournalTest, EpochsAreComparedBeforeNumbers) {
    Journal journal = open();
    append(journal, 2);
    ASSERT_TRUE(journal.remember(an_answer(1, {1, 500}), now()).ok());
    ASSERT_TRUE(journal.remember(an_answer(2, {2, 3}), now()).ok());
    EXPECT_THAT(numbers(journal.not_passed({1, 499})), ElementsAre(1, 2));
    EXPECT_THAT(numbers(journal.not_passed({1, 1000})), ElementsAre(2));
    EXPECT_THAT(numbers(journal.not_passed({2, 2})), ElementsAre(2));
    EXPECT_TRUE(journal.not_passed({2, 3})->empty());
}

TEST_F(JournalTest, ARestoredServerIsSentAgainWhatItMayHaveLost) {
    Journal journal = open();
    append(journal, 4);
    ASSERT_TRUE(journal.remember(an_answer(1, {1, 5}), now()).ok());
    ASSERT_TRUE(journal.remember(an_answer(2, {2, 1}), now()).ok());
    ASSERT_TRUE(journal.remember(an_answer(3, {1, 6}), now()).ok());
    ASSERT_TRUE(journal.doubt_answers_before(2).ok());
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(1, 3, 4));
    EXPECT_THAT(numbers(journal.not_passed({2, 1})), ElementsAre(1, 3, 4));
    ASSERT_TRUE(journal.doubt_answers_before(2).ok());
    ASSERT_TRUE(journal.remember(an_answer(1, {2, 2}), now()).ok());
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(3, 4));
    EXPECT_TRUE(reopened().ok());
}

TEST_F(JournalTest, GivesAgainFromANumberOn) {
    Journal journal = open();
    append(journal, 5);
    ASSERT_TRUE(journal.remember(an_answer(3, {1, 1}), now()).ok());
    EXPECT_THAT(numbers(journal.from(EventNumber(3), 10)), ElementsAre(3, 4, 5));
    EXPECT_THAT(numbers(journal.from(EventNumber(1), 2)), ElementsAre(1, 2));
    EXPECT_TRUE(journal.from(EventNumber(6), 10)->empty());
}

TEST_F(JournalTest, ForgetsWhatWasAnsweredLongAgoAndKeepsTheLast) {
    const Instant later = now() + std::chrono::hours(24 * 31);
    Journal journal = open();
    append(journal, 3);
    for (const int number : {1, 2, 3}) {
        ASSERT_TRUE(journal.remember(an_answer(number, {1, number}), now()).ok());
    }
    ASSERT_TRUE(journal.forget_answered_before(now(), {1, 3}).ok());
    EXPECT_THAT(numbers(journal.from(EventNumber(1), 10)), ElementsAre(1, 2, 3));
    ASSERT_TRUE(journal.forget_answered_before(later, {1, 1}).ok());
    EXPECT_THAT(numbers(journal.from(EventNumber(1), 10)), ElementsAre(2, 3));
    ASSERT_TRUE(journal.forget_answered_before(later, {1, 3}).ok());
    EXPECT_THAT(numbers(journal.from(EventNumber(1), 10)), ElementsAre(3));
    ASSERT_TRUE(journal.remember(an_answer(1, {9, 9}), now()).ok());
    EXPECT_EQ(journal.answer_to(EventNumber(1)).value(), std::nullopt);

    auto again = reopened();
    ASSERT_TRUE(again.ok()) << again.error().what;
    append(*again, 1);
    EXPECT_THAT(numbers(again->from(EventNumber(1), 10)), ElementsAre(3, 4));
    EXPECT_TRUE(reopened().ok());
    edit("DELETE FROM journal_event WHERE number = 3");
    EXPECT_EQ(reopened().error().kind, Kind::Corrupt);
}

TEST_F(JournalTest, ForgetsNothingBehindAnEventThatMustStay) {
    const Instant later = now() + std::chrono::hours(24 * 31);
    Journal journal = open();
    ASSERT_TRUE(journal.forget_answered_before(later, {1, 100}).ok());
    append(journal, 4);
    for (const int number : {1, 3, 4}) {
        ASSERT_TRUE(journal.remember(an_answer(number, {1, number}), now()).ok());
    }
    ASSERT_TRUE(journal.forget_answered_before(later, {1, 100}).ok());
    EXPECT_THAT(numbers(journal.from(EventNumber(1), 10)), ElementsAre(2, 3, 4));
    EXPECT_THAT(numbers(journal.unanswered(10)), ElementsAre(2));
    EXPECT_TRUE(reopened().ok());
}

using JournalDeathTest = JournalTest;

TEST_F(JournalDeathTest, AppendingInsideATransactionEndsTheProgram) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    Journal journal = open();
    EXPECT_DEATH((void)database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(journal.append("x", now(), nothing));
        return {};
    }),
                 "in_transaction");
}

}  // namespace
}  // namespace mado
