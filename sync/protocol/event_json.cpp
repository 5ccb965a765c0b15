#include "sync/protocol/event_json.h"

#include "shared/domain/dose_paper.h"
#include "sync/protocol/json_reader.h"
#include "sync/protocol/json_writer.h"
#include "sync/protocol/wire_values.h"

#include <algorithm>
#include <utility>

namespace mado::sync {

namespace {

constexpr JsonLimits kEventLimits = {kEventBodyBytesMax, 200};

struct BodyWriter {
    JsonWriter& out;

    void operator()(const Started&) const { out.name("kind").text("started"); }
    void operator()(const Booked& body) const {
        out.name("kind").text("booked");
        out.name("booking");
        write(out, body.booking);
        out.name("used").integer(body.used);
        if (body.kept_used > 0) out.name("kept_used").integer(body.kept_used);
        if (body.record) out.name("record").text(*body.record);
        if (!body.instead_of) return;
        out.name("instead_of");
        write(out, *body.instead_of);
    }
    void operator()(const CancelWished& body) const {
        out.name("kind").text("cancel-wished");
        out.name("booking");
        write(out, body.booking);
        out.name("person").integer(body.person.number());
    }
    void operator()(const Applied& body) const {
        out.name("kind").text("applied");
        out.name("application");
        write(out, body.application);
    }
    void operator()(const ApplicationWithdrawn& body) const {
        out.name("kind").text("application-withdrawn");
        out.name("application");
        write(out, body.application);
        out.name("person").integer(body.person.number());
    }
    void operator()(const SlipPrinted& body) const {
        out.name("kind").text("slip-printed");
        out.name("booking");
        write(out, body.booking);
        out.name("printed").boolean(body.printed);
    }
    void operator()(const SeatsReturned& body) const {
        out.name("kind").text("seats-returned");
        out.name("slot").integer(body.slot.number());
        out.name("used").integer(body.used);
        if (body.kept_used > 0) out.name("kept_used").integer(body.kept_used);
    }
    void operator()(const StaffCalled&) const { out.name("kind").text("staff-called"); }
    void operator()(const StaffCallEnded& body) const {
        out.name("kind").text("staff-call-ended");
        out.name("call").integer(body.call.number());
    }
};

Result<EventBody, WireError> read_booked(const JsonObject& in) {
    const auto booking = MADO_TRY(in.object("booking", read_booking));
    const auto used = MADO_TRY(in.integer("used", 0, kCountMax));
    Booked booked{booking, used};
    if (in.has("instead_of")) {
        booked.instead_of = MADO_TRY(in.object("instead_of", read_seen_booking));
    }
    if (in.has("kept_used")) booked.kept_used = MADO_TRY(in.integer("kept_used", 0, kCountMax));
    if (in.has("record")) booked.record = MADO_TRY(in.text("record", kStatementTextMax));
    return EventBody(booked);
}

Result<EventBody, WireError> read_cancel_wished(const JsonObject& in) {
    const auto booking = MADO_TRY(in.object("booking", read_seen_booking));
    const auto person = MADO_TRY(id<PersonId>(in, "person", kPersonIdMax));
    return EventBody(CancelWished{booking, person});
}

Result<EventBody, WireError> read_applied(const JsonObject& in) {
    auto application = MADO_TRY(in.object("application", read_application));
    return EventBody(Applied{std::move(application)});
}

Result<EventBody, WireError> read_withdrawn(const JsonObject& in) {
    const auto application = MADO_TRY(in.object("application", read_booking_id));
    const auto person = MADO_TRY(id<PersonId>(in, "person", kPersonIdMax));
    return EventBody(ApplicationWithdrawn{application, person});
}

Result<EventBody, WireError> read_slip_printed(const JsonObject& in) {
    const auto booking = MADO_TRY(in.object("booking", read_booking_id));
    const auto printed = MADO_TRY(in.boolean("printed"));
    return SlipPrinted{booking, printed};
}

Result<EventBody, WireError> read_seats_returned(const JsonObject& in) {
    const auto slot = MADO_TRY(id<SlotId>(in, "slot"));
    const auto used = MADO_TRY(in.integer("used", 0, kCountMax));
    SeatsReturned returned{slot, used};
    if (in.has("kept_used")) returned.kept_used = MADO_TRY(in.integer("kept_used", 0, kCountMax));
    return EventBody(returned);
}

Result<EventBody, WireError> read_call_ended(const JsonObject& in) {
    const auto call = MADO_TRY(id<EventNumber>(in, "call", kCountMax));
    return EventBody(StaffCallEnded{call});
}

Result<EventBody, WireError> read_body(const JsonObject& in) {
    const auto kind = MADO_TRY(in.word("kind", 40));
    if (kind == "started") return EventBody(Started{});
    if (kind == "booked") return read_booked(in);
    if (kind == "cancel-wished") return read_cancel_wished(in);
    if (kind == "applied") return read_applied(in);
    if (kind == "application-withdrawn") return read_withdrawn(in);
    if (kind == "slip-printed") return read_slip_printed(in);
    if (kind == "seats-returned") return read_seats_returned(in);
    if (kind == "staff-called") return EventBody(StaffCalled{});
    if (kind == "staff-call-ended") return read_call_ended(in);
    return fail(in.wrong("kind", "unknown to this version"));
}

Result<Event, WireError> read_whole(const JsonObject& in) {
    const auto decided_at = MADO_TRY(instant(in, "decided_at_ms"));
    const auto random = MADO_TRY(in.bytes("nonce", Nonce{}.size()));
    Nonce nonce{};
    std::ranges::copy(random, nonce.begin());
    const auto body = MADO_TRY(read_body(in));
    return Event{decided_at, nonce, body};
}

}  // namespace

std::string write_event(const Event& event) {
    JsonWriter out;
    out.begin_object();
    write_instant(out, "decided_at_ms", event.decided_at);
    out.name("nonce").bytes(event.nonce);
    std::visit(BodyWriter{out}, event.body);
    out.end_object();
    return out.take();
}

Result<Event, WireError> read_event(std::string_view body) {
    return read_message(body, kEventLimits, read_whole);
}

}  // namespace mado::sync
