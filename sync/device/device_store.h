#pragma once

// What a device keeps: journal, cursor, slots, bookings, leases and roster, in one SQLite file.

namespace mado::device {}
