#include "shared/platform/keys.h"

#include "tests/support/scratch_folder.h"

#include <cstdio>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace mado {
namespace {

using Kind = IoError::Kind;
using tests::ScratchFolder;

Instant noon() {
    return std::chrono::sys_days(std::chrono::year{2021} / 7 / 5) + std::chrono::hours(12);
}

struct Ran {
    int status = 0;
    std::string output;
};

// Runs the `openssl` program on `arguments`, in which names of files stand in `folder`.
Ran openssl(const ScratchFolder& folder, const std::string& arguments) {
    const std::string command =
        "cd " + folder.path().string() + " && openssl " + arguments + " 2>&1";
    FILE* const pipe = ::popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    Ran ran;
    char part[4096];
    for (std::size_t got = 0; (got = std::fread(part, 1, sizeof part, pipe)) > 0;)
        ran.output.append(part, got);
    ran.status = ::pclose(pipe);
    return ran;
}

void put(const ScratchFolder& folder, const std::string& name, const std::string& content) {
    std::ofstream(folder / name, std::ios::binary) << content;
}

std::string get(const ScratchFolder& folder, const std::string& name) {
    std::ostringstream content;
    content << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return content.str();
}

// r and s as the DER that other programs read.
std::string der_of(const std::array<std::uint8_t, 64>& signature) {
    const auto integer = [&](std::size_t from) {
        std::string bytes(signature.begin() + static_cast<std::ptrdiff_t>(from),
                          signature.begin() + static_cast<std::ptrdiff_t>(from) + 32);
        while (bytes.size() > 1 && bytes[0] == 0 && (bytes[1] & 0x80) == 0)
            bytes.erase(0, 1);
        if ((bytes[0] & 0x80) != 0) bytes.insert(0, 1, '\0');
        return std::string{'\x02', static_cast<char>(bytes.size())} + bytes;
    };
    const std::string both = integer(0) + integer(32);
    return std::string{'\x30', static_cast<char>(both.size())} + both;
}

TEST(PrivateKey, SignsWhatOthersVerify) {
    ScratchFolder folder;
    const PrivateKey key = PrivateKey::generate();
    put(folder, "key.pem", key.pem());
    put(folder, "text", "the slip");
    ASSERT_EQ(openssl(folder, "pkey -in key.pem -pubout -out public.pem").status, 0);

    // Often enough to meet numbers r and s that begin with a zero byte.
    bool met_zero = false;
    for (int i = 0; i < 2000 && !met_zero; ++i) {
        const auto signature = key.sign(bytes_of("the slip"));
        met_zero = signature[0] == 0 || signature[32] == 0;
        if (i > 3 && !met_zero) continue;
        put(folder, "signature", der_of(signature));
        const Ran ran =
            openssl(folder, "dgst -sha256 -verify public.pem -signature signature text");
        ASSERT_EQ(ran.status, 0) << ran.output;
    }
    EXPECT_TRUE(met_zero);

    put(folder, "signature", der_of(key.sign(bytes_of("another slip"))));
    EXPECT_NE(openssl(folder, "dgst -sha256 -verify public.pem -signature signature text").status,
              0);
}

TEST(PrivateKey, ComesBackFromItsPem) {
    ScratchFolder folder;
    const PrivateKey key = PrivateKey::generate();
    const auto again = PrivateKey::from_pem(key.pem());
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->public_key(), key.public_key());
    EXPECT_NE(PrivateKey::generate().public_key(), key.public_key());

    put(folder, "key.pem", key.pem());
    ASSERT_EQ(
        openssl(folder, "pkey -in key.pem -pubout -ec_conv_form compressed -outform DER -out point")
            .status,
        0);
    const std::string der = get(folder, "point");
    ASSERT_GT(der.size(), 33u);
    const auto point = key.public_key();
    EXPECT_EQ(der.substr(der.size() - 33), std::string(point.begin(), point.end()));
}

TEST(PrivateKey, OtherKeysAreRefused) {
    ScratchFolder folder;
    const std::string good = PrivateKey::generate().pem();
    const char* const others[] = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out other.pem",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out other.pem",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit "
        "-out other.pem",
        "genpkey -algorithm RSA -out other.pem",
        "genpkey -algorithm ED25519 -out other.pem",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes128 -pass pass:secret -out "
        "other.pem",
    };
    for (const char* arguments : others) {
        ASSERT_EQ(openssl(folder, arguments).status, 0) << arguments;
        const auto read = PrivateKey::from_pem(get(folder, "other.pem"));
        ASSERT_FALSE(read.ok()) << arguments;
        EXPECT_EQ(read.error().kind, Kind::Refused);
    }
    for (const std::string& text :
         {std::string(), std::string("no key"), good.substr(0, 100), std::string(1 << 20, 'x')}) {
        EXPECT_EQ(PrivateKey::from_pem(text).error().kind, Kind::Refused);
    }
}

TEST(SigningRequest, ShowsTheKeyThatMadeIt) {
    const PrivateKey key = PrivateKey::generate();
    const auto asked = read_signing_request(key.signing_request("窓口 kiosk 3"));
    ASSERT_TRUE(asked.ok()) << asked.error().what;
    EXPECT_EQ(asked->public_key, key.public_key());
}

TEST(SigningRequest, WithABadSignatureIsRefused) {
    ScratchFolder folder;
    put(folder, "request.pem", PrivateKey::generate().signing_request("device"));
    ASSERT_EQ(openssl(folder, "req -in request.pem -outform DER -out request.der").status, 0);
    std::string der = get(folder, "request.der");
    der.back() = static_cast<char>(der.back() ^ 1);
    put(folder, "request.der", der);
    ASSERT_EQ(openssl(folder, "req -in request.der -inform DER -out bad.pem").status, 0);

    const auto asked = read_signing_request(get(folder, "bad.pem"));
    ASSERT_FALSE(asked.ok());
    EXPECT_EQ(asked.error().kind, Kind::Refused);
    EXPECT_EQ(asked.error().what, "signing request: bad signature");

    const Authority town = Authority::create("港市", noon());
    EXPECT_EQ(town.issue_device(get(folder, "bad.pem"), DeviceId(1), noon()).error().kind,
              Kind::Refused);
}

TEST(SigningRequest, OfAnotherKindOfKeyIsRefused) {
    ScratchFolder folder;
    ASSERT_EQ(
        openssl(folder, "req -new -newkey rsa:2048 -nodes -keyout k.pem -subj /CN=x -out r.pem")
            .status,
        0);
    EXPECT_EQ(read_signing_request(get(folder, "r.pem")).error().kind, Kind::Refused);
    EXPECT_EQ(read_signing_request("").error().kind, Kind::Refused);
    EXPECT_EQ(read_signing_request(std::string(1 << 20, 'x')).error().kind, Kind::Refused);
}

TEST(Fingerprint, IsSixteenDigitsInGroups) {
    Digest digest{};
    digest[0] = 0xa1;
    digest[1] = 0xb2;
    digest[7] = 0x18;
    EXPECT_EQ(fingerprint_of(digest), "a1b2 0000 0000 0018");
}

class TownAuthority : public testing::Test {
  protected:
    TownAuthority() { put(folder, "ca.pem", town.certificate()); }

    ScratchFolder folder;
    Authority town = Authority::create("港市", noon());
};

TEST_F(TownAuthority, ItsServerChainVerifiesForItsNamesAndNoOthers) {
    const PrivateKey key = PrivateKey::generate();
    const std::string chain = town.issue_server(
        key, {"localhost", "127.0.0.1", "::1", "a.example,DNS:evil.example"}, noon());
    put(folder, "chain.pem", chain);

    const std::string verify =
        "verify -x509_strict -purpose sslserver -attime 1626000000 -CAfile ca.pem ";
    for (const char* name :
         {"-verify_hostname localhost", "-verify_ip 127.0.0.1", "-verify_ip ::1"}) {
        const Ran ran = openssl(folder, verify + name + " chain.pem");
        EXPECT_EQ(ran.status, 0) << name << ran.output;
    }
    EXPECT_NE(openssl(folder, verify + "-verify_hostname evil.example chain.pem").status, 0);
    EXPECT_NE(openssl(folder, verify + "-verify_ip 127.0.0.2 chain.pem").status, 0);
    EXPECT_NE(
        openssl(folder, "verify -purpose sslclient -attime 1626000000 -CAfile ca.pem chain.pem")
            .status,
        0);

    EXPECT_EQ(public_key_of_certificate(chain).value(), key.public_key());
    ASSERT_GT(chain.size(), town.certificate().size());
    EXPECT_EQ(chain.substr(chain.size() - town.certificate().size()), town.certificate());
}

TEST_F(TownAuthority, ItsDeviceCertificateIsAClientsAndNamesTheDevice) {
    const PrivateKey key = PrivateKey::generate();
    const auto issued = town.issue_device(key.signing_request("device-999"), DeviceId(7), noon());
    ASSERT_TRUE(issued.ok());
    put(folder, "device.pem", *issued);

    // In nineteen years as well.
    for (const char* time : {"1626000000", "2220000000"}) {
        const Ran ran = openssl(
            folder, std::string("verify -x509_strict -purpose sslclient -CAfile ca.pem -attime ") +
                        time + " device.pem");
        EXPECT_EQ(ran.status, 0) << ran.output;
    }
    EXPECT_NE(
        openssl(folder, "verify -purpose sslserver -attime 1626000000 -CAfile ca.pem device.pem")
            .status,
        0);
    const Ran subject = openssl(folder, "x509 -in device.pem -noout -subject");
    EXPECT_EQ(subject.output, "subject=CN = device-7\n");

    const auto asked = read_signing_request(key.signing_request("x")).value();
    EXPECT_EQ(key_digest_of_certificate(*issued).value(), asked.key_digest);
}

TEST_F(TownAuthority, AnothersCertificateDoesNotVerify) {
    const Authority other = Authority::create("港市", noon());
    put(folder, "chain.pem", other.issue_server(PrivateKey::generate(), {"localhost"}, noon()));
    EXPECT_NE(openssl(folder, "verify -attime 1626000000 -CAfile ca.pem chain.pem").status, 0);
}

TEST_F(TownAuthority, ADeviceCannotIssueCertificates) {
    const PrivateKey key = PrivateKey::generate();
    const auto issued = town.issue_device(key.signing_request("x"), DeviceId(7), noon());
    EXPECT_EQ(Authority::from_pem(key.pem(), *issued).error().kind, Kind::Refused);
}

TEST_F(TownAuthority, ComesBackFromItsPemWithItsOwnKeyOnly) {
    const auto again = Authority::from_pem(town.key().pem(), town.certificate());
    ASSERT_TRUE(again.ok()) << again.error().what;
    put(folder, "chain.pem", again->issue_server(PrivateKey::generate(), {"localhost"}, noon()));
    EXPECT_EQ(openssl(folder, "verify -attime 1626000000 -CAfile ca.pem chain.pem").status, 0);

    EXPECT_EQ(Authority::from_pem(PrivateKey::generate().pem(), town.certificate()).error().kind,
              Kind::Refused);
    EXPECT_EQ(Authority::from_pem(town.key().pem(), "").error().kind, Kind::Refused);
}

TEST(Authority, TakesAnyTownAndAnyClock) {
    std::string long_name;
    for (int i = 0; i < 100; ++i)
        long_name += "港";
    const std::vector<std::string> towns = {"", long_name, "\xff\xfe", "a, b = c + \"d\""};
    for (const auto& town : towns) {
        for (const Instant now : {Instant{}, noon(), Instant::max(), Instant::min()}) {
            const Authority authority = Authority::create(town, now);
            EXPECT_TRUE(Authority::from_pem(authority.key().pem(), authority.certificate()).ok());
        }
    }
}

TEST(Certificate, WhatIsNoneIsRefused) {
    for (const std::string& text : {std::string(), std::string("x"), std::string(1 << 20, 'x'),
                                    PrivateKey::generate().pem()}) {
        EXPECT_EQ(key_digest_of_certificate(text).error().kind, Kind::Refused);
        EXPECT_EQ(public_key_of_certificate(text).error().kind, Kind::Refused);
    }
}

}  // namespace
}  // namespace mado
