#include "sync/server/store/model.h"

#include "shared/base/check.h"

#include <algorithm>

namespace mado::server {

VaccineCode unknown_vaccine() {
    const auto code = VaccineCode::parse("unknown");
    MADO_CHECK(code);
    return *code;
}

bool Person::valid() const {
    return std::any_of(tickets.begin(), tickets.end(),
                       [](const IssuedTicket& ticket) { return ticket.valid; });
}

std::optional<DoseRecord> Person::last_dose() const {
    if (doses.empty()) return {};
    const Dose& last = doses.rbegin()->second;
    return DoseRecord{last.number, last.date, last.vaccine};
}

Resident Person::resident(bool ticket_valid) const {
    return {id, birth_date, last_dose(), ticket_valid};
}

std::string_view name_of(DeviceState state) {
    switch (state) {
        case DeviceState::CodeMade:
            return "code-made";
        case DeviceState::Pending:
            return "pending";
        case DeviceState::Enrolled:
            return "enrolled";
        case DeviceState::Fenced:
            return "fenced";
        case DeviceState::Revoked:
            return "revoked";
    }
    return "revoked";
}

bool is_kiosk_in(const Device& device) {
    return device.kind == "kiosk" && device.state == DeviceState::Enrolled;
}

}  // namespace mado::server
