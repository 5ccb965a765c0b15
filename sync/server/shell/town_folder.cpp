#include "sync/server/shell/town_folder.h"

#include "shared/platform/files.h"

#include <boost/json.hpp>

namespace mado::server {

namespace {

constexpr std::size_t kSmallFileMax = 64u << 10;

IoError unreadable(const std::string& what) {
    return IoError{IoError::Kind::Corrupt, what};
}

}  // namespace

Result<void, IoError> write_addresses(const TownFolder& folder, const Addresses& addresses) {
    const boost::json::object object{{"residents", addresses.residents},
                                     {"devices", addresses.devices}};
    return write_file(folder.addresses(), boost::json::serialize(object) + "\n",
                      Visibility::Everybody);
}

Result<Addresses, IoError> read_addresses(const TownFolder& folder) {
    const std::string text = MADO_TRY(read_file(folder.addresses(), kSmallFileMax));
    boost::system::error_code error;
    const auto value = boost::json::parse(text, error);
    if (error || !value.is_object()) return fail(unreadable("addresses.json is damaged"));
    const auto* residents = value.as_object().if_contains("residents");
    const auto* devices = value.as_object().if_contains("devices");
    if (residents == nullptr || !residents->is_string() || devices == nullptr ||
        !devices->is_string()) {
        return fail(unreadable("addresses.json is damaged"));
    }
    return Addresses{residents->as_string().c_str(), devices->as_string().c_str()};
}

Result<std::string, IoError> read_authority_certificate(const TownFolder& folder) {
    return read_file(folder.authority(), kSmallFileMax);
}

Result<Authority, IoError> read_authority(const TownFolder& folder) {
    const std::string certificate = MADO_TRY(read_authority_certificate(folder));
    const Secret key = MADO_TRY(read_secret(kAuthorityKey, folder.credentials()));
    return Authority::from_pem(key.content, certificate);
}

Result<TownKeys, IoError> read_keys(const TownFolder& folder) {
    const std::string certificate = MADO_TRY(read_authority_certificate(folder));
    const Secret authority_key = MADO_TRY(read_secret(kAuthorityKey, folder.credentials()));
    const Secret server_key = MADO_TRY(read_secret(kServerKey, folder.credentials()));
    Authority authority = MADO_TRY(Authority::from_pem(authority_key.content, certificate));
    PrivateKey server = MADO_TRY(PrivateKey::from_pem(server_key.content));
    return TownKeys{std::move(authority), std::move(server),
                    authority_key.from_fallback || server_key.from_fallback};
}

Result<void, IoError> make_keys(const TownFolder& folder, const std::string& town, Instant now) {
    std::error_code error;
    std::filesystem::create_directory(folder.credentials(), error);
    if (!error) {
        std::filesystem::permissions(folder.credentials(), std::filesystem::perms::owner_all,
                                     error);
    }
    if (error) return fail(IoError{IoError::Kind::Refused, error.message()});
    const Authority authority = Authority::create(town, now);
    const PrivateKey server = PrivateKey::generate();
    MADO_TRY(write_file(folder.credentials() / kAuthorityKey, authority.key().pem(),
                        Visibility::OwnerOnly));
    MADO_TRY(write_file(folder.credentials() / kServerKey, server.pem(), Visibility::OwnerOnly));
    return write_file(folder.authority(), authority.certificate(), Visibility::Everybody);
}

}  // namespace mado::server
