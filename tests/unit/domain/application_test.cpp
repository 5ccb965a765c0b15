#include "shared/domain/application.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

using Choices = std::vector<SlotId>;

TEST(Application, HasOneToThreeDifferentChoices) {
    EXPECT_FALSE(are_choices(Choices{}));
    EXPECT_TRUE(are_choices(Choices{SlotId(1)}));
    EXPECT_TRUE(are_choices(Choices{SlotId(3), SlotId(1), SlotId(2)}));
    EXPECT_FALSE(are_choices(Choices{SlotId(3), SlotId(1), SlotId(3)}));
    EXPECT_FALSE(are_choices(Choices{SlotId(1), SlotId(2), SlotId(3), SlotId(4)}));
}

TEST(Application, IsReadWithoutTheChoicesThatNobodyKnowsAndKeepsTheOthersRanks) {
    const Slot slot = tests::a_slot(2);
    const Application application{
        {DeviceId(3), EventNumber(9)}, PersonId(1), 1, {SlotId(7), SlotId(2)}, {}};
    const Receipt receipt =
        receipt_of(application, {{slot.id, slot}}, tests::venues(), tests::a_town());
    ASSERT_EQ(receipt.places.size(), 1u);
    EXPECT_EQ(receipt.places.front().rank, 2);
    EXPECT_EQ(receipt.places.front().slot, slot);
    EXPECT_EQ(receipt.places.front().venue, tests::a_venue(1));
}

}  // namespace
}  // namespace mado
