#include "sync/server/api/feed_tail.h"

#include "sync/server/store/sqlite_store.h"
#include "tests/unit/api/town_fixture.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

class FeedTailTest : public testing::Test, public TownFixture {
  protected:
    void commit(int times) {
        for (int i = 0; i < times; ++i) {
            Town town = tests::a_town();
            town.telephone = std::to_string(++told_);
            command(SetTown{town});
        }
    }
    static std::string telephone(const FeedTail::Row& row) {
        return std::get<TownChanged>(*row).town.telephone;
    }
    int opened_ = 0;
    ReadsPool pool_{[this] {
        ++opened_;
        return open_sqlite_reads(folder / "town.db");
    }};
    int told_ = 0;
};

TEST_F(FeedTailTest, GivesTheRowsAfterAPositionFromMemoryOrFromTheStore) {
    FeedTail tail(pool_, 3);
    const FeedPosition start = *tail.catch_up();
    commit(5);
    const FeedPosition end = *tail.catch_up();
    ASSERT_EQ(end.number, start.number + 5);
    for (std::int64_t skip = 0; skip <= 5; ++skip) {
        const auto found = tail.after({start.epoch, start.number + skip}, 100);
        ASSERT_TRUE(found.ok());
        ASSERT_EQ(found->rows.size(), static_cast<std::size_t>(5 - skip));
        EXPECT_EQ(found->end, end);
        for (std::size_t i = 0; i < found->rows.size(); ++i) {
            EXPECT_EQ(telephone(found->rows[i]), std::to_string(skip + 1 + static_cast<int>(i)));
        }
    }
}

TEST_F(FeedTailTest, GivesNoMoreRowsThanWereAskedFor) {
    FeedTail tail(pool_);
    const FeedPosition start = *tail.catch_up();
    commit(4);
    ASSERT_TRUE(tail.catch_up().ok());
    const auto found = tail.after(start, 2);
    ASSERT_EQ(found->rows.size(), 2u);
    EXPECT_EQ(telephone(found->rows[1]), "2");
}

TEST_F(FeedTailTest, AsksTheStoreWhereItIsBehind) {
    FeedTail tail(pool_);
    const FeedPosition start = *tail.catch_up();
    commit(2);
    // The position is beyond what the window knows, but the store knows it.
    const auto found = tail.after({start.epoch, start.number + 1}, 100);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->rows.size(), 1u);
}

TEST_F(FeedTailTest, RefusesAPositionThatNobodyKnows) {
    FeedTail tail(pool_);
    const FeedPosition start = *tail.catch_up();
    const auto beyond = tail.after({start.epoch, start.number + 1}, 100);
    ASSERT_FALSE(beyond.ok());
    EXPECT_EQ(beyond.error().kind, IoError::Kind::Refused);
    EXPECT_FALSE(tail.after({start.epoch + 1, start.number}, 100).ok());
}

TEST_F(FeedTailTest, UsesReadersAgain) {
    FeedTail tail(pool_);
    ASSERT_TRUE(tail.catch_up().ok());
    commit(1);
    ASSERT_TRUE(tail.catch_up().ok());
    EXPECT_EQ(opened_, 1);
}

}  // namespace
}  // namespace mado::server
