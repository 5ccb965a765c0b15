#include "shared/platform/keys.h"

#include "shared/base/check.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace mado {

namespace {

template <auto release>
struct Released {
    template <class T>
    void operator()(T* held) const {
        release(held);
    }
};

using Bio = std::unique_ptr<BIO, Released<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Released<BN_free>>;
using Key = std::unique_ptr<EVP_PKEY, Released<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Released<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Released<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Released<ECDSA_SIG_free>>;
using Request = std::unique_ptr<X509_REQ, Released<X509_REQ_free>>;
using Certificate = std::unique_ptr<X509, Released<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Released<X509_EXTENSION_free>>;
using GeneralNames = std::unique_ptr<GENERAL_NAMES, Released<GENERAL_NAMES_free>>;

constexpr std::size_t kPemBytesMax = 64u << 10;
constexpr int kAuthorityDays = 20 * 366;
constexpr int kDeviceDays = 20 * 366;
// Browsers of residents refuse more than 825 days, even from an authority that a person trusts.
constexpr int kServerDays = 800;
constexpr std::size_t kNameCharactersMax = 64;

Failure<IoError> refused(const char* why) {
    ERR_clear_error();
    return fail(IoError{IoError::Kind::Refused, why});
}

Bio reading(std::string_view pem) {
    MADO_CHECK(pem.size() <= kPemBytesMax);
    Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    MADO_CHECK(bio != nullptr);
    return bio;
}

template <class Write>
std::string written(const Write& write) {
    const Bio bio(BIO_new(BIO_s_mem()));
    MADO_CHECK(bio != nullptr && write(bio.get()) == 1);
    char* text = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

// An encrypted key would otherwise ask for its password on the terminal.
int no_password(char*, int, int, void*) {
    return 0;
}

bool is_p256(const EVP_PKEY* key) {
    if (key == nullptr || EVP_PKEY_is_a(key, "EC") != 1) return false;
    char name[64];
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(key, name, sizeof name, &length) != 1) return false;
    if (std::string_view(name, length) != SN_X9_62_prime256v1) return false;
    // A curve that is spelled out has another SubjectPublicKeyInfo, and so another digest.
    char encoding[64] = "";
    return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, encoding,
                                          sizeof encoding, nullptr) == 1 &&
           std::strcmp(encoding, OSSL_PKEY_EC_ENCODING_GROUP) == 0;
}

std::array<std::uint8_t, 33> compressed_point(const EVP_PKEY* key) {
    std::uint8_t point[65];
    std::size_t length = 0;
    MADO_CHECK(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point,
                                               &length) == 1);
    std::array<std::uint8_t, 33> compressed{};
    MADO_CHECK(length == 65 || length == compressed.size());
    std::copy_n(point, compressed.size(), compressed.begin());
    if (length == 65) compressed[0] = (point[64] & 1) == 0 ? 2 : 3;
    return compressed;
}

Digest digest_of(X509_PUBKEY* key) {
    unsigned char* der = nullptr;
    const int length = i2d_X509_PUBKEY(key, &der);
    MADO_CHECK(length > 0);
    const Digest digest = sha256({der, static_cast<std::size_t>(length)});
    OPENSSL_free(der);
    return digest;
}

Result<Request, IoError> checked_request(std::string_view pem) {
    if (pem.size() > kPemBytesMax) return refused("signing request: too large");
    Request request(PEM_read_bio_X509_REQ(reading(pem).get(), nullptr, no_password, nullptr));
    if (request == nullptr) return refused("signing request: not readable");
    EVP_PKEY* const key = X509_REQ_get0_pubkey(request.get());
    if (!is_p256(key)) return refused("signing request: not a P-256 key");
    if (X509_REQ_verify(request.get(), key) != 1) return refused("signing request: bad signature");
    return request;
}

Result<Certificate, IoError> read_certificate(std::string_view pem) {
    if (pem.size() > kPemBytesMax) return refused("certificate: too large");
    Certificate certificate(PEM_read_bio_X509(reading(pem).get(), nullptr, no_password, nullptr));
    if (certificate == nullptr) return refused("certificate: not readable");
    if (!is_p256(X509_get0_pubkey(certificate.get()))) return refused("certificate: not P-256");
    return certificate;
}

// At most `characters_max` characters of a UTF-8 text.
std::string shortened(std::string_view text, std::size_t characters_max) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts_a_character = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
        if (starts_a_character && ++characters > characters_max)
            return std::string(text.substr(0, i));
    }
    return std::string(text);
}

void add_name(X509_NAME* name, const char* field, const std::string& text) {
    MADO_CHECK(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                          reinterpret_cast<const unsigned char*>(text.data()),
                                          static_cast<int>(text.size()), -1, 0) == 1);
}

// A machine whose clock says 1970 must not make what is over by the time the clock is right.
Instant plausible(Instant now) {
    using std::chrono::sys_days;
    const Instant first = sys_days(std::chrono::year{2021} / 1 / 1);
    const Instant last = sys_days(std::chrono::year{2200} / 1 / 1);
    return std::clamp(now, first, last);
}

void set_dates(X509* certificate, Instant now, int days) {
    std::time_t seconds =
        std::chrono::floor<std::chrono::seconds>(plausible(now)).time_since_epoch().count();
    // From a day before, for whoever's clock is behind.
    MADO_CHECK(X509_time_adj_ex(X509_getm_notBefore(certificate), -1, 0, &seconds) != nullptr);
    MADO_CHECK(X509_time_adj_ex(X509_getm_notAfter(certificate), days, 0, &seconds) != nullptr);
}

void set_serial_number(X509* certificate) {
    // 126 random bits: positive, and no two alike (RFC 5280 allows 20 bytes).
    std::uint8_t bytes[16];
    MADO_CHECK(RAND_bytes(bytes, sizeof bytes) == 1);
    bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x7f) | 0x40);
    const Number number(BN_bin2bn(bytes, sizeof bytes, nullptr));
    MADO_CHECK(number != nullptr &&
               BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    MADO_CHECK(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

// Names are put in one by one and not as a text for OpenSSL to read, where a comma in a setting
// would become a second name.
void add_hosts(X509* certificate, const std::vector<std::string>& hosts) {
    const GeneralNames names(sk_GENERAL_NAME_new_null());
    MADO_CHECK(names != nullptr);
    for (const std::string& host : hosts) {
        GENERAL_NAME* const name = GENERAL_NAME_new();
        MADO_CHECK(name != nullptr && sk_GENERAL_NAME_push(names.get(), name) > 0);
        if (ASN1_OCTET_STRING* const address = a2i_IPADDRESS(host.c_str()); address != nullptr) {
            GENERAL_NAME_set0_value(name, GEN_IPADD, address);
            continue;
        }
        ERR_clear_error();
        ASN1_IA5STRING* const text = ASN1_IA5STRING_new();
        MADO_CHECK(text != nullptr &&
                   ASN1_STRING_set(text, host.data(), static_cast<int>(host.size())) == 1);
        GENERAL_NAME_set0_value(name, GEN_DNS, text);
    }
    if (hosts.empty()) return;
    MADO_CHECK(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) == 1);
}

// A certificate with everything that all of ours have; no extension but the key identifiers.
Certificate begin_certificate(EVP_PKEY* key, Instant now, int days) {
    Certificate certificate(X509_new());
    MADO_CHECK(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    set_serial_number(certificate.get());
    set_dates(certificate.get(), now, days);
    MADO_CHECK(X509_set_pubkey(certificate.get(), key) == 1);
    return certificate;
}

std::string finish_certificate(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
    MADO_CHECK(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1);
    add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
    add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
    MADO_CHECK(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
    return written([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

}  // namespace

struct PrivateKey::State {
    Key key;
};

PrivateKey::PrivateKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

PrivateKey PrivateKey::generate() {
    Key key(EVP_EC_gen("P-256"));
    MADO_CHECK(is_p256(key.get()));
    return PrivateKey(std::make_unique<State>(State{std::move(key)}));
}

Result<PrivateKey, IoError> PrivateKey::from_pem(std::string_view pem) {
    if (pem.size() > kPemBytesMax) return refused("private key: too large");
    Key key(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, no_password, nullptr));
    if (key == nullptr) return refused("private key: not readable");
    if (!is_p256(key.get())) return refused("private key: not P-256");
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    MADO_CHECK(context != nullptr);
    if (EVP_PKEY_check(context.get()) != 1) return refused("private key: its halves differ");
    return PrivateKey(std::make_unique<State>(State{std::move(key)}));
}

std::string PrivateKey::pem() const {
    return written([&](BIO* bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, state_->key.get(), nullptr, nullptr, 0, nullptr,
                                             nullptr);
    });
}

std::array<std::uint8_t, 33> PrivateKey::public_key() const {
    return compressed_point(state_->key.get());
}

std::array<std::uint8_t, 64> PrivateKey::sign(std::span<const std::uint8_t> bytes) const {
    const DigestContext context(EVP_MD_CTX_new());
    MADO_CHECK(context != nullptr && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(),
                                                        nullptr, state_->key.get()) == 1);
    std::uint8_t der[80];
    std::size_t length = sizeof der;
    MADO_CHECK(EVP_DigestSign(context.get(), der, &length, bytes.data(), bytes.size()) == 1);

    const unsigned char* reader = der;
    const EcdsaSignature parts(d2i_ECDSA_SIG(nullptr, &reader, static_cast<long>(length)));
    MADO_CHECK(parts != nullptr);
    std::array<std::uint8_t, 64> signature{};
    MADO_CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), signature.data(), 32) == 32);
    MADO_CHECK(BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), signature.data() + 32, 32) == 32);
    return signature;
}

std::string PrivateKey::signing_request(const std::string& common_name) const {
    const Request request(X509_REQ_new());
    MADO_CHECK(request != nullptr && X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1);
    add_name(X509_REQ_get_subject_name(request.get()), "CN", common_name);
    MADO_CHECK(X509_REQ_set_pubkey(request.get(), state_->key.get()) == 1);
    MADO_CHECK(X509_REQ_sign(request.get(), state_->key.get(), EVP_sha256()) > 0);
    return written([&](BIO* bio) { return PEM_write_bio_X509_REQ(bio, request.get()); });
}

Result<RequestedKey, IoError> read_signing_request(std::string_view pem) {
    const auto request = MADO_TRY(checked_request(pem));
    return RequestedKey{compressed_point(X509_REQ_get0_pubkey(request.get())),
                        digest_of(X509_REQ_get_X509_PUBKEY(request.get()))};
}

std::string fingerprint_of(const Digest& key_digest) {
    const std::string hex = to_hex(std::span(key_digest).first(8));
    return hex.substr(0, 4) + ' ' + hex.substr(4, 4) + ' ' + hex.substr(8, 4) + ' ' +
           hex.substr(12, 4);
}

Result<Digest, IoError> key_digest_of_certificate(std::string_view pem) {
    const auto certificate = MADO_TRY(read_certificate(pem));
    return digest_of(X509_get_X509_PUBKEY(certificate.get()));
}

Result<std::array<std::uint8_t, 33>, IoError> public_key_of_certificate(std::string_view pem) {
    const auto certificate = MADO_TRY(read_certificate(pem));
    return compressed_point(X509_get0_pubkey(certificate.get()));
}

Authority Authority::create(const std::string& town, Instant now) {
    PrivateKey key = PrivateKey::generate();
    const auto certificate = begin_certificate(key.state_->key.get(), now, kAuthorityDays);
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    if (!town.empty() && is_utf8(town)) add_name(name, "O", shortened(town, kNameCharactersMax));
    add_name(name, "CN", "Madoguchi town authority");
    add_extension(certificate.get(), certificate.get(), NID_basic_constraints,
                  "critical,CA:TRUE,pathlen:0");
    add_extension(certificate.get(), certificate.get(), NID_key_usage,
                  "critical,keyCertSign,cRLSign");
    std::string pem =
        finish_certificate(certificate.get(), certificate.get(), key.state_->key.get());
    return {std::move(key), std::move(pem)};
}

Result<Authority, IoError> Authority::from_pem(std::string_view key, std::string_view certificate) {
    auto private_key = MADO_TRY(PrivateKey::from_pem(key));
    const auto read = MADO_TRY(read_certificate(certificate));
    if (X509_check_ca(read.get()) != 1) return refused("certificate: not an authority's");
    if (X509_check_private_key(read.get(), private_key.state_->key.get()) != 1) {
        return refused("certificate: of another key");
    }
    return Authority(std::move(private_key), std::string(certificate));
}

std::string Authority::issue_server(const PrivateKey& key, const std::vector<std::string>& hosts,
                                    Instant now) const {
    const auto issuer = read_certificate(certificate_).value();
    const auto issued = begin_certificate(key.state_->key.get(), now, kServerDays);
    add_name(X509_get_subject_name(issued.get()), "CN", "Madoguchi server");
    add_extension(issued.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(issued.get(), issuer.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(issued.get(), issuer.get(), NID_ext_key_usage, "serverAuth");
    add_hosts(issued.get(), hosts);
    return finish_certificate(issued.get(), issuer.get(), key_.state_->key.get()) + certificate_;
}

Result<std::string, IoError> Authority::issue_device(std::string_view signing_request,
                                                     DeviceId device, Instant now) const {
    const auto request = MADO_TRY(checked_request(signing_request));
    const auto issuer = read_certificate(certificate_).value();
    const auto issued = begin_certificate(X509_REQ_get0_pubkey(request.get()), now, kDeviceDays);
    add_name(X509_get_subject_name(issued.get()), "CN", "device-" + device.text());
    add_extension(issued.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(issued.get(), issuer.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(issued.get(), issuer.get(), NID_ext_key_usage, "clientAuth");
    return finish_certificate(issued.get(), issuer.get(), key_.state_->key.get());
}

}  // namespace mado
