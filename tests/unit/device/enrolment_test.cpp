#include "sync/device/enrolment.h"

#include "shared/platform/files.h"
#include "shared/platform/keys.h"
#include "sync/device/device_store.h"
#include "sync/protocol/messages.h"
#include "tests/support/builders.h"
#include "tests/support/fake_network.h"
#include "tests/support/scratch_folder.h"

#include <gmock/gmock.h>

namespace mado::device {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::FakeNetwork;

// A town's CA that enrols one device after `pending` questions.
class EnrolmentTest : public testing::Test {
  protected:
    EnrolmentTest() {
        wish_.code = {"127.0.0.1:8443", "ABCDEFGHJKMNPQRSTVWX",
                      key_digest_of_certificate(authority_.certificate()).value()};
        wish_.kind = "kiosk";
        wish_.name = "Hall";
        wish_.folder = folder_ / "device";
        hooks_.show_fingerprint = [this](const std::string& fingerprint) {
            shown_.push_back(fingerprint);
        };
        hooks_.pause = [this] { return ++pauses_ < pauses_max_; };
    }

    FakeNetwork::Answer answer(const HttpRequest& request) {
        requests_.push_back(request.body);
        if (unreachable_-- > 0) {
            return Result<HttpResponse, IoError>(
                fail(IoError{IoError::Kind::Unavailable, "no route"}));
        }
        if (spoilt_) return Result<HttpResponse, IoError>(*spoilt_);
        const auto asked = sync::parse_enrol_request(request.body).value();
        const auto key = read_signing_request(asked.signing_request).value();
        if (pending_-- > 0) {
            return json(202, sync::to_json(
                                 sync::EnrolPending{DeviceId(7), fingerprint_of(key.key_digest)}));
        }
        return json(200, sync::to_json(grant(asked.signing_request)));
    }
    sync::EnrolGrant grant(const std::string& signing_request) {
        sync::EnrolGrant grant;
        grant.device = DeviceId(7);
        grant.certificate =
            authority_.issue_device(signing_request, DeviceId(7), tests::now()).value();
        grant.authority = authority_.certificate();
        grant.endorsement = to_base64url(sync::Signature{1});
        grant.roster_key = to_base64url(sync::RosterKey{9});
        grant.address = "127.0.0.1:8444";
        grant.venue = "2";
        return grant;
    }
    static Result<HttpResponse, IoError> json(int status, std::string body) {
        return HttpResponse{status, "application/json", std::move(body)};
    }
    Result<DeviceId, IoError> enrol_now() {
        FakeNetwork network([this](const HttpRequest& request) { return answer(request); });
        return enrol(network, wish_, hooks_);
    }

    tests::ScratchFolder folder_;
    const Authority authority_ = Authority::create("Minoh", tests::now());
    EnrolmentWish wish_;
    EnrolmentHooks hooks_;
    std::vector<std::string> shown_;
    std::vector<std::string> requests_;
    int pending_ = 2;
    int unreachable_ = 0;
    int pauses_ = 0;
    int pauses_max_ = 1000;
    std::optional<HttpResponse> spoilt_;
};

TEST_F(EnrolmentTest, ShowsTheFingerprintOnceAndKeepsWhatWasGranted) {
    ASSERT_EQ(enrol_now().value(), DeviceId(7));
    EXPECT_EQ(shown_.size(), 1U);
    const auto enrolled = load_identity(wish_.folder);
    ASSERT_TRUE(enrolled.ok()) << enrolled.error().what;
    EXPECT_EQ(enrolled->identity.device, DeviceId(7));
    EXPECT_EQ(enrolled->identity.venue, VenueId(2));
    EXPECT_EQ(enrolled->identity.roster_key, sync::RosterKey{9});
    EXPECT_EQ(enrolled->identity.signer.endorsement, sync::Signature{1});
    EXPECT_EQ(enrolled->endpoint.address, "127.0.0.1:8444");
    EXPECT_EQ(enrolled->endpoint.authority, wish_.code.authority);
    EXPECT_TRUE(enrolled->secrets_from_fallback);
    const Bytes bytes = {1, 2, 3};
    EXPECT_TRUE(
        sync::verify(enrolled->identity.signer.key, bytes, enrolled->identity.signer.sign(bytes)));
}

TEST_F(EnrolmentTest, SecretsAreTheOwnersAloneAndNotInTheIdentity) {
    ASSERT_TRUE(enrol_now().ok());
    const auto identity = read_file(wish_.folder / "identity.json", 1u << 16).value();
    EXPECT_THAT(identity, Not(HasSubstr("PRIVATE")));
    EXPECT_THAT(identity, Not(HasSubstr(to_base64url(sync::RosterKey{9}))));
    EXPECT_THAT(identity, Not(HasSubstr(wish_.code.secret)));
    using std::filesystem::perms;
    for (const auto* name : {"device.key", "roster.key"}) {
        const auto file = wish_.folder / "credentials" / "7" / name;
        EXPECT_EQ(
            std::filesystem::status(file).permissions() & (perms::group_all | perms::others_all),
            perms::none);
    }
    EXPECT_FALSE(std::filesystem::exists(wish_.folder / "credentials" / "pending"));
}

TEST_F(EnrolmentTest, NothingIsLeftOfADeviceThatWasWiped) {
    ASSERT_TRUE(enrol_now().ok());
    {
        auto store =
            DeviceStore::open(wish_.folder, load_identity(wish_.folder).value().identity).value();
        ASSERT_TRUE(store.start(Nonce{1}, tests::now()).ok());
    }
    ASSERT_TRUE(wipe(wish_.folder, DeviceId(7)).ok());
    EXPECT_FALSE(is_enrolled(wish_.folder));
    for (const auto& left : std::filesystem::recursive_directory_iterator(wish_.folder))
        EXPECT_TRUE(left.is_directory()) << left.path();
    ASSERT_TRUE(enrol_now().ok()) << "it can be enrolled again";
    EXPECT_TRUE(wipe(wish_.folder, DeviceId(7)).ok()) << "that never had a store";
}

TEST_F(EnrolmentTest, GoesOnWithTheSameRequestAfterItWasGivenUp) {
    pending_ = 100;
    pauses_max_ = 3;
    ASSERT_FALSE(enrol_now().ok());
    pending_ = 0;
    ASSERT_TRUE(enrol_now().ok());
    EXPECT_THAT(requests_, testing::Each(requests_.front()));
}

TEST_F(EnrolmentTest, AnotherCodeMakesAnotherKey) {
    pending_ = 100;
    pauses_max_ = 1;
    ASSERT_FALSE(enrol_now().ok());
    wish_.code.secret = "ZZZZZZZZZZZZZZZZZZZZ";
    ASSERT_FALSE(enrol_now().ok());
    EXPECT_NE(shown_.front(), shown_.back());
}

TEST_F(EnrolmentTest, LastsThroughANetworkThatComesAndGoes) {
    unreachable_ = 5;
    EXPECT_TRUE(enrol_now().ok());
}

TEST_F(EnrolmentTest, GivesUpWhereNobodyIsThere) {
    unreachable_ = 1000;
    const auto failed = enrol_now();
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().kind, IoError::Kind::Unavailable);
    EXPECT_LT(requests_.size(), 20U);
}

TEST_F(EnrolmentTest, ARefusedCodeIsSaidAndWipesNothing) {
    ASSERT_TRUE(enrol_now().ok());
    spoilt_ = HttpResponse{403, "application/json",
                           sync::to_json(sync::Refusal{"code-expired", "Ask for another."})};
    wish_.code.secret = "ZZZZZZZZZZZZZZZZZZZZ";
    const auto failed = enrol_now();
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().kind, IoError::Kind::Refused);
    EXPECT_THAT(failed.error().what, HasSubstr("code-expired"));
    EXPECT_TRUE(load_identity(wish_.folder).ok());
}

TEST_F(EnrolmentTest, RefusesAGrantForAnotherKeyOrFromAnotherTown) {
    const auto other = PrivateKey::generate();
    auto foreign = grant(other.signing_request("device"));
    spoilt_ = HttpResponse{200, "application/json", sync::to_json(foreign)};
    EXPECT_EQ(enrol_now().error().kind, IoError::Kind::Refused);

    spoilt_.reset();
    pending_ = 0;
    wish_.code.authority.fill(1);
    EXPECT_EQ(enrol_now().error().kind, IoError::Kind::Refused);
    EXPECT_FALSE(load_identity(wish_.folder).ok());
}

TEST_F(EnrolmentTest, RefusesAServerThatShowsStaffAnothersFingerprint) {
    spoilt_ = HttpResponse{202, "application/json",
                           sync::to_json(sync::EnrolPending{DeviceId(7), "0000 0000 0000 0000"})};
    EXPECT_EQ(enrol_now().error().kind, IoError::Kind::Refused);
    EXPECT_TRUE(shown_.empty());
}

TEST_F(EnrolmentTest, ADamagedIdentityIsSaidToBe) {
    EXPECT_EQ(load_identity(wish_.folder).error().kind, IoError::Kind::Refused);
    ASSERT_TRUE(enrol_now().ok());
    ASSERT_TRUE(
        write_file(wish_.folder / "identity.json", "{\"device\":7", Visibility::OwnerOnly).ok());
    EXPECT_EQ(load_identity(wish_.folder).error().kind, IoError::Kind::Corrupt);
}

}  // namespace
}  // namespace mado::device
