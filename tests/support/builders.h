#pragma once

// Right values in one line, for tests that care about something else.
//
// Everything happens in Minoh (272205) around kToday, a Monday. What a test cares about it passes
// or sets; what it does not care about is the same everywhere, so that two tests can be compared.

#include "shared/base/instant.h"
#include "shared/domain/booking.h"
#include "shared/domain/resident.h"
#include "shared/domain/slot.h"
#include "shared/domain/ticket.h"
#include "shared/domain/town.h"
#include "shared/domain/vaccine.h"

#include <cstdint>
#include <string_view>

namespace mado::tests {

// Monday, 2021-07-05.
Date today();
// Nine in the morning of that day, in Japan.
Instant now();
// So many days after today.
Date in_days(int days);

// A date, a time, a code that the test knows to be right; a wrong one ends the test.
Date a_date(std::string_view text);
TimeOfDay a_time(std::string_view text);
MunicipalityCode a_municipality(std::string_view digits = "272205");
VaccineCode a_vaccine_code(std::string_view text = "pfizer");
// Packed: 19390614.
BirthDate a_birth_date(int packed = 19390614);

TicketNumber a_ticket_number(std::string_view digits = "0000123456");
Ticket a_ticket(std::string_view digits = "0000123456");
// Minoh, Toyonaka (272035) and Sapporo are in the table; Minoh alone is served.
TicketRules ticket_rules();

// The four vaccines of the table that is shipped.
VaccineTable vaccines();
Vaccine a_vaccine(std::string_view code = "pfizer");

Town a_town();
Venue a_venue(std::int64_t id = 1);
VenueTable venues(int count = 3);
SeatCount seats(int target, int booked = 0, int held = 0);
// Ten seats of Pfizer for a quarter of an hour at venue 1.
Slot a_slot(std::int64_t id = 1, Date date = in_days(7), std::string_view starts = "09:30");

Resident a_resident(std::int64_t id = 1);
Resident a_resident_after_dose(int number, Date date, std::string_view vaccine = "pfizer");
Booking a_booking(std::int64_t number = 1, std::int64_t slot = 1, int dose = 1);

}  // namespace mado::tests
