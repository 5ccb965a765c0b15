#include "shared/domain/seats.h"

#include <algorithm>

namespace mado {

void SeatParts::count(Channel channel, int dose, int seats) {
    const int later_seats = dose > 1 ? seats : 0;
    later += later_seats;
    if (channel == Channel::Web) {
        web += seats;
        web_later += later_seats;
    }
    if (channel == Channel::CallCentre) {
        call_centre += seats;
        call_centre_later += later_seats;
    }
}

int SeatCount::capacity() const {
    return std::max(target, booked + held);
}

int SeatCount::free() const {
    return capacity() - booked - held;
}

std::optional<SeatCount> SeatCount::book_free() const {
    if (free() < 1) return {};
    return SeatCount{target, booked + 1, held};
}

std::optional<SeatCount> SeatCount::grant(int count) const {
    if (count < 0 || count > free()) return {};
    return SeatCount{target, booked, held + count};
}

std::optional<SeatCount> SeatCount::sell_held() const {
    if (held < 1) return {};
    return SeatCount{target, booked + 1, held - 1};
}

std::optional<SeatCount> SeatCount::give_back(int count) const {
    if (count < 0 || count > held) return {};
    return SeatCount{target, booked, held - count};
}

std::optional<SeatCount> SeatCount::cancel() const {
    if (booked < 1) return {};
    return SeatCount{target, booked - 1, held};
}

}  // namespace mado
