#include "shared/domain/application.h"

#include <algorithm>

namespace mado {

bool are_choices(std::span<const SlotId> choices) {
    if (choices.empty() || choices.size() > kChoicesMax) return false;
    std::vector<SlotId> sorted(choices.begin(), choices.end());
    std::ranges::sort(sorted);
    return std::ranges::adjacent_find(sorted) == sorted.end();
}

bool is_waiting(const Receipt& receipt) {
    return receipt.application.state == ApplicationState::Waiting;
}

Receipt receipt_of(const Application& application, const SlotTable& slots, const VenueTable& venues,
                   const Town& town) {
    Receipt receipt{application, {}, town};
    int rank = 0;
    for (const SlotId id : application.choices) {
        ++rank;
        const auto slot = slots.find(id);
        if (slot == slots.end()) continue;
        const auto venue = venues.find(slot->second.venue);
        if (venue == venues.end()) continue;
        receipt.places.push_back({rank, slot->second, venue->second});
    }
    return receipt;
}

}  // namespace mado
