#include "sync/server/records/audit.h"

#include "shared/domain/birth_date.h"
#include "sync/protocol/messages.h"
#include "sync/server/records/chain_audit.h"

#include <algorithm>
#include <map>

namespace mado::server {

namespace {

std::string slot_text(std::int64_t slot) {
    return "slot " + std::to_string(slot);
}

// The sums of what is written beside the slots.
struct Sums {
    std::map<std::int64_t, std::int64_t> booked;  // by slot
    std::map<std::int64_t, std::int64_t> held;
    std::map<std::int64_t, std::int64_t> later;
    std::map<std::int64_t, std::int64_t> kept;
};

class BookAudit {
  public:
    BookAudit(const Books& books, std::vector<Finding>& findings)
        : books_(books), findings_(findings) {}

    void run() {
        Sums sums;
        for (const LedgerBooking& booking : books_.bookings) {
            if (booking.state == LedgerBookingState::Cancelled) continue;
            ++sums.booked[booking.slot];
            if (booking.dose > 1) ++sums.later[booking.slot];
        }
        for (const LedgerLease& lease : books_.leases) {
            check(lease);
            sums.held[lease.slot] += lease.granted - lease.used - lease.taken_back;
            sums.kept[lease.slot] += lease.kept - lease.kept_used;
        }
        for (const LedgerSlot& slot : books_.slots) {
            check(slot);
            compare(slot, "booked", slot.booked, sums.booked[slot.id], "bookings");
            compare(slot, "held", slot.held, sums.held[slot.id], "leases");
            compare(slot, "later", slot.later, sums.later[slot.id], "bookings for a later dose");
            compare(slot, "kept", slot.kept, sums.kept[slot.id], "kept seats of leases");
            sums.booked.erase(slot.id);
            sums.held.erase(slot.id);
        }
        for (const auto& [slot, count] : sums.booked)
            note_slot("no-slot", slot,
                      slot_text(slot) + " has bookings, and there is no such slot");
        for (const auto& [slot, count] : sums.held)
            note_slot("no-slot", slot, slot_text(slot) + " has leases, and there is no such slot");
        check_people();
    }

  private:
    void note_slot(const char* kind, std::int64_t slot, std::string what) {
        Finding finding{kind, std::move(what)};
        finding.slot = slot;
        findings_.push_back(std::move(finding));
    }

    void check(const LedgerLease& lease) {
        const bool holds = lease.used >= 0 && lease.taken_back >= 0 &&
                           lease.used + lease.taken_back <= lease.granted;
        if (holds) return;
        Finding finding{"lease",
                        "device " + std::to_string(lease.device) + " used more of " +
                            slot_text(lease.slot) + " than it was granted",
                        lease.device};
        finding.slot = lease.slot;
        findings_.push_back(std::move(finding));
    }

    void check(const LedgerSlot& slot) {
        const bool negative = slot.booked < 0 || slot.held < 0 || slot.free < 0;
        const bool sum = slot.booked + slot.held + slot.free == slot.capacity;
        const bool capacity = slot.capacity == std::max(slot.target, slot.booked + slot.held);
        if (!negative && sum && capacity) return;
        note_slot("seats", slot.id,
                  slot_text(slot.id) + ": booked " + std::to_string(slot.booked) + " + held " +
                      std::to_string(slot.held) + " + free " + std::to_string(slot.free) +
                      " is not its capacity of " + std::to_string(slot.capacity));
    }

    void compare(const LedgerSlot& slot, const char* kind, std::int64_t written, std::int64_t sum,
                 const char* of) {
        if (written == sum) return;
        note_slot(kind, slot.id,
                  slot_text(slot.id) + ": " + kind + " says " + std::to_string(written) +
                      ", and its " + of + " are " + std::to_string(sum));
    }

    void check_people() {
        std::map<std::pair<std::int64_t, std::int64_t>, std::vector<const LedgerBooking*>> live;
        for (const LedgerBooking& booking : books_.bookings) {
            if (booking.state == LedgerBookingState::Cancelled) continue;
            live[{booking.person, booking.dose}].push_back(&booking);
        }
        const auto settled = [](const LedgerBooking* booking) {
            return booking->state != LedgerBookingState::Doubled || !booking->disputed;
        };
        for (const auto& [whose, bookings] : live) {
            if (bookings.size() < 2 || std::ranges::none_of(bookings, settled)) continue;
            Finding finding{"two-bookings", "person " + std::to_string(whose.first) + " has " +
                                                std::to_string(bookings.size()) +
                                                " bookings for dose " +
                                                std::to_string(whose.second) +
                                                ", and not all are on the worklist as doubled"};
            finding.person = whose.first;
            findings_.push_back(std::move(finding));
        }
        for (const LedgerApplication& waiting : books_.waiting) {
            if (!live.contains({waiting.person, waiting.dose})) continue;
            findings_.push_back({"application",
                                 "application " + std::to_string(waiting.device) + "-" +
                                     std::to_string(waiting.number) + " waits for dose " +
                                     std::to_string(waiting.dose) + " of person " +
                                     std::to_string(waiting.person) + ", who has a booking for it",
                                 waiting.device, waiting.number});
        }
    }

    const Books& books_;
    std::vector<Finding>& findings_;
};

// Rows of an import are checked; a birth date or a dose that came another way shows here.
void check(const LedgerDose& dose, std::vector<Finding>& findings) {
    const auto birth_date = BirthDate::from_packed(static_cast<int>(dose.birth_date));
    const Date date{std::chrono::days(dose.date)};
    if (!birth_date || !birth_date->surely_after(date)) return;
    Finding finding{"before-birth", "dose " + std::to_string(dose.number) + " of person " +
                                        std::to_string(dose.person) +
                                        " is dated before the person's birth"};
    finding.person = dose.person;
    findings.push_back(std::move(finding));
}

// The feed from 1 to its end, without a gap.
class FeedAudit {
  public:
    FeedAudit(std::int64_t end, std::vector<Finding>& findings) : end_(end), findings_(findings) {}

    bool is_whole() const { return last_ == end_ && !has_gaps_; }

    void take(std::int64_t number) {
        if (number > end_) {
            behind_ = behind_ == 0 ? number : behind_;
        } else if (number != last_ + 1) {
            note(last_ + 1, number - 1, " of the feed: missing");
        }
        (number > end_ ? last_behind_ : last_) = number;
    }
    void end() {
        if (last_ < end_) note(last_ + 1, end_, " of the feed: missing");
        if (behind_ != 0) note(behind_, last_behind_, " of the feed stand behind its end");
    }

  private:
    void note(std::int64_t first, std::int64_t last, const char* what) {
        has_gaps_ = true;
        const std::string rows =
            first == last ? "row " + std::to_string(first)
                          : "rows " + std::to_string(first) + " to " + std::to_string(last);
        Finding finding{"feed", rows + what};
        finding.number = first;
        if (last != first) finding.upto = last;
        findings_.push_back(std::move(finding));
    }

    std::int64_t end_;
    std::int64_t last_ = 0;
    std::int64_t behind_ = 0;  // the first and last row behind the end
    std::int64_t last_behind_ = 0;
    bool has_gaps_ = false;
    std::vector<Finding>& findings_;
};

// Every booking as the feed told it last: it is in its table, and is the same there.
class ToldAudit {
  public:
    ToldAudit(const Books& books, std::vector<Finding>& findings)
        : books_(books), findings_(findings) {}

    void take(std::int64_t number, const std::string& row) {
        const auto change = sync::parse_change(row);
        const auto* told = change.ok() ? std::get_if<BookingChanged>(&*change) : nullptr;
        if (told == nullptr) {
            Finding finding{"feed",
                            "row " + std::to_string(number) + " of the feed cannot be read"};
            finding.number = number;
            findings_.push_back(std::move(finding));
            return;
        }
        const BookingId id = told->booking.id;
        told_.insert_or_assign({id.device.number(), id.number.number()}, told->booking);
    }
    // `whole`: the feed has all its rows.
    void end(bool whole) {
        for (const LedgerBooking& booking : books_.bookings) {
            const auto told = told_.extract({booking.device, booking.number});
            if (told.empty() ? whole : !is_as(booking, told.mapped())) {
                note(booking.device, booking.number,
                     " is not as the feed told it, and the devices know it");
            }
        }
        // A device's that is gone is missed by its event.
        for (const auto& [key, booking] : told_) {
            if (key.first == 0) note(key.first, key.second, " was told by the feed, and is gone");
        }
    }

  private:
    static bool is_as(const LedgerBooking& row, const Booking& told) {
        return row.person == told.person.number() && row.dose == told.dose &&
               row.slot == told.slot.number() && row.version == told.version &&
               row.declared == told.declared.bits();
    }
    void note(std::int64_t device, std::int64_t number, const char* what) {
        findings_.push_back(
            {"booking", "booking " + std::to_string(device) + "-" + std::to_string(number) + what,
             device, number});
    }

    const Books& books_;
    std::vector<Finding>& findings_;
    std::map<std::pair<std::int64_t, std::int64_t>, Booking> told_;
};

Result<void, IoError> look_at(Ledger& ledger, const sync::PublicKey& town, AuditReport& report) {
    const Books books = MADO_TRY(ledger.books());
    ChainAudit chains(books, town, report.findings);
    MADO_TRY(ledger.envelopes([&](const LedgerEnvelope& row) { chains.take(row); }));
    MADO_TRY(ledger.strays([&](const LedgerEnvelope& row) { chains.take_stray(row); }));
    chains.end();
    BookAudit(books, report.findings).run();
    MADO_TRY(ledger.doses([&](const LedgerDose& dose) { check(dose, report.findings); }));
    FeedAudit feed(books.feed_end, report.findings);
    ToldAudit told(books, report.findings);
    MADO_TRY(ledger.feed([&](std::int64_t number, const std::string& booking) {
        feed.take(number);
        if (!booking.empty()) told.take(number, booking);
    }));
    feed.end();
    told.end(feed.is_whole());
    report.devices = books.devices.size();
    report.events = chains.events();
    report.slots = books.slots.size();
    report.bookings = books.bookings.size();
    report.changes = books.feed_end;
    return {};
}

}  // namespace

Result<AuditReport, IoError> audit(Ledger& ledger, const sync::PublicKey& town) {
    AuditReport report;
    MADO_TRY(ledger.at_once([&] { return look_at(ledger, town, report); }));
    return report;
}

}  // namespace mado::server
