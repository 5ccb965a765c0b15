#include "tests/support/builders.h"

namespace mado::tests {

Date today() {
    return a_date("2021-07-05");
}

Instant now() {
    return instant_in_japan(today(), a_time("09:00"));
}

Date in_days(int days) {
    return today() + std::chrono::days(days);
}

Date a_date(std::string_view text) {
    const auto date = parse_date(text);
    MADO_CHECK(date.has_value());
    return *date;
}

TimeOfDay a_time(std::string_view text) {
    const auto time = parse_time_of_day(text);
    MADO_CHECK(time.has_value());
    return *time;
}

MunicipalityCode a_municipality(std::string_view digits) {
    return MunicipalityCode::parse(digits).value();
}

VaccineCode a_vaccine_code(std::string_view text) {
    const auto code = VaccineCode::parse(text);
    MADO_CHECK(code.has_value());
    return *code;
}

BirthDate a_birth_date(int packed) {
    const auto date = BirthDate::from_packed(packed);
    MADO_CHECK(date.has_value());
    return *date;
}

TicketNumber a_ticket_number(std::string_view digits) {
    return TicketNumber::parse(digits).value();
}

Ticket a_ticket(std::string_view digits) {
    return {a_municipality(), a_ticket_number(digits)};
}

TicketRules ticket_rules() {
    return {{{a_municipality("272205"), "大阪府箕面市"},
             {a_municipality("272035"), "大阪府豊中市"},
             {a_municipality("011002"), "北海道札幌市"}},
            a_municipality("272205"),
            {a_municipality("272205")},
            "https://chat.town.example/t#"};
}

VaccineTable vaccines() {
    VaccineTable table;
    const auto add = [&](Vaccine vaccine) { table.emplace(vaccine.code, vaccine); };
    add({a_vaccine_code("pfizer"), "ファイザー（コミナティ）", "Pfizer (Comirnaty)", "ファイザー",
         21, 19, 12, 7});
    add({a_vaccine_code("moderna"), "武田/モデルナ（スパイクバックス）",
         "Takeda/Moderna (Spikevax)", "武田/モデルナ", 28, 21, 12, 14});
    add({a_vaccine_code("astrazeneca"), "アストラゼネカ（バキスゼブリア）",
         "AstraZeneca (Vaxzevria)", "アストラゼネカ", 56, 28, 40, 14});
    add({a_vaccine_code("novavax"), "ノババックス（ヌバキソビッド）", "Novavax (Nuvaxovid)",
         "ノババックス", 21, 21, 12, 14});
    return table;
}

Vaccine a_vaccine(std::string_view code) {
    return vaccines().at(a_vaccine_code(code));
}

Town a_town() {
    return {a_municipality(),
            "みどり市",
            "072-000-0000",
            {a_municipality()},
            "https://chat.town.example/t#",
            2};
}

Venue a_venue(std::int64_t id) {
    const std::string number = std::to_string(id);
    return {VenueId(id), "第" + number + "公民館", "Community Centre " + number,
            "みどり市中央" + number + "丁目1-1", "072-000-000" + number};
}

VenueTable venues(int count) {
    VenueTable table;
    for (int id = 1; id <= count; ++id)
        table.emplace(VenueId(id), a_venue(id));
    return table;
}

SeatCount seats(int target, int booked, int held) {
    return {target, booked, held};
}

Slot a_slot(std::int64_t id, Date date, std::string_view starts) {
    return {SlotId(id),       VenueId(1), date, a_time(starts), std::chrono::minutes(15),
            a_vaccine_code(), seats(10)};
}

Resident a_resident(std::int64_t id) {
    return {PersonId(id), Personal<BirthDate>(a_birth_date()), {}, true};
}

Resident a_resident_after_dose(int number, Date date, std::string_view vaccine) {
    Resident resident = a_resident();
    resident.last_dose = DoseRecord{number, date, a_vaccine_code(vaccine)};
    return resident;
}

Booking a_booking(std::int64_t number, std::int64_t slot, int dose) {
    return {{DeviceId(3), EventNumber(number)},
            PersonId(1),
            dose,
            SlotId(slot),
            {},
            BookingState::Live,
            1};
}

}  // namespace mado::tests
