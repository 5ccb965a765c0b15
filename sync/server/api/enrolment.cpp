#include "shared/platform/keys.h"
#include "sync/protocol/messages.h"
#include "sync/server/api/replies.h"
#include "sync/server/api/routes.h"

namespace mado::server {

namespace {

constexpr const char* kLabel = "enrol";

Reply reply_with(int status, std::string body) {
    Reply reply;
    reply.status = status;
    reply.route = kLabel;
    reply.body = std::move(body);
    return reply;
}

Reply refuse_code() {
    return refuse(403, kLabel, name_of(CommandRefusal::CodeRefused),
                  "This code is not known, has expired, or was used by another device.");
}

}  // namespace

// What a device that stands like this is told. The request has shown that it knows the code.
Reply Routes::enrolment_reply(const Device& device) {
    switch (device.state) {
        case DeviceState::Pending:
            return reply_with(202, sync::to_json(sync::EnrolPending{
                                       device.id, fingerprint_of(device.key_digest)}));
        case DeviceState::Enrolled:
            break;
        case DeviceState::CodeMade:
        case DeviceState::Fenced:
        case DeviceState::Revoked:
            return refuse_code();
    }
    std::string address;
    {
        const std::lock_guard lock(mutex_);
        address = devices_address_;
    }
    if (address.empty()) return busy(kLabel);  // the doors have only just opened
    return reply_with(200, sync::to_json(sync::EnrolGrant{
                               device.id, device.certificate, backend_.authority,
                               device.endorsement, to_base64url(device.roster_key), address,
                               device.venue ? device.venue->text() : std::string()}));
}

void Routes::answer_enrolment(const Request& request, Done done) {
    const auto wish = sync::parse_enrol_request(request.body);
    if (!wish.ok()) return done(refuse(400, kLabel, "bad-message", wish.error().what));
    const auto key = read_signing_request(wish->signing_request);
    if (!key.ok()) {
        return done(refuse(400, kLabel, "bad-key", "This is no signing request for a P-256 key."));
    }
    const Digest code_hash = sha256(bytes_of(wish->secret));
    // A device that waits for staff asks every second: that needs no command.
    const auto known =
        reads_.with([&key](Reads& reads) { return reads.device_by_key(key->key_digest); });
    if (known.ok() && *known && (*known)->code_hash == code_hash) {
        return done(enrolment_reply(**known));
    }
    submit(RequestEnrolment{code_hash, key->key_digest, wish->signing_request}, kLabel,
           std::move(done), [this](Outcome& outcome) {
               if (const auto* stands = std::get_if<DeviceStands>(&outcome)) {
                   return enrolment_reply(stands->device);
               }
               return refuse_outcome(kLabel, outcome);
           });
}

}  // namespace mado::server
