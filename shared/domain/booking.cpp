#include "shared/domain/booking.h"

#include "shared/base/text.h"

#include <array>

namespace mado {

namespace {

constexpr std::int64_t kDeviceMax = 2'147'483'647;
constexpr std::size_t kShortNumberLengthMax = 40;

// The quasigroup of order 10 from H. M. Damm's thesis (2004): it catches every single wrong digit
// and every two neighbours that changed places.
constexpr std::array<std::array<int, 10>, 10> kDamm = {{
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}};

char check_digit_of(std::string_view digits) {
    int interim = 0;
    for (const char digit : digits) {
        interim = kDamm[static_cast<std::size_t>(interim)][static_cast<std::size_t>(digit - '0')];
    }
    return static_cast<char>('0' + interim);
}

// One number has one text: no leading zeros.
std::optional<std::int64_t> parse_plain(std::string_view digits) {
    if (digits.size() > 1 && digits.front() == '0') return {};
    return parse_digits(digits);
}

}  // namespace

std::string BookingId::short_number() const {
    const char check = check_digit_of(device.text() + number.text());
    return device.text() + '-' + number.text() + '-' + check;
}

std::optional<BookingId> BookingId::parse(std::string_view short_number) {
    if (short_number.size() > kShortNumberLengthMax) return {};
    const auto first = short_number.find('-');
    const auto last = short_number.rfind('-');
    if (first == last || last + 2 != short_number.size()) return {};

    const auto device_digits = short_number.substr(0, first);
    const auto number_digits = short_number.substr(first + 1, last - first - 1);
    const auto device = parse_plain(device_digits);
    const auto number = parse_plain(number_digits);
    if (!device || *device > kDeviceMax || !number || *number < 1) return {};

    const std::string both = std::string(device_digits).append(number_digits);
    if (short_number.back() != check_digit_of(both)) return {};
    return BookingId{DeviceId(*device), EventNumber(*number)};
}

SeenBooking as_seen(const Booking& booking) {
    return {booking.id, booking.version};
}

Date last_day_to_change(Date date, int days_before) {
    return date - std::chrono::days(days_before);
}

}  // namespace mado
