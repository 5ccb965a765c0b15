#include "tests/simulation/simulated_files.h"

#include "shared/base/text.h"

#include <algorithm>

namespace mado::tests {

namespace {

using std::filesystem::path;

template <class T>
Result<T, IoError> answer(DiskResult<T> result) {
    if (result.ok()) {
        if constexpr (std::is_void_v<T>) {
            return {};
        } else {
            return std::move(result).value();
        }
    }
    switch (result.error()) {
        case DiskTrouble::Full:
            return fail(IoError{IoError::Kind::Full, "simulated disk: full"});
        case DiskTrouble::Missing:
            return fail(IoError{IoError::Kind::Refused, "simulated disk: no such file"});
        case DiskTrouble::Dead:
            return fail(IoError{IoError::Kind::Unavailable, "simulated disk: cut off"});
        case DiskTrouble::Failing:
            break;
    }
    return fail(IoError{IoError::Kind::Unavailable, "simulated disk: failing"});
}

DiskResult<OpenFile> open(const PlaceOnDisk& place, Disk::Opening opening) {
    return place.disk->open(place.name, opening);
}

}  // namespace

Result<void, IoError> SimulatedFiles::make_folder(const path& folder) {
    const auto place = places_.place_of(folder.native());
    if (!place) return elsewhere_.make_folder(folder);
    return {};
}

Result<void, IoError> SimulatedFiles::make_file(const path& file) {
    const auto place = places_.place_of(file.native());
    if (!place) return elsewhere_.make_file(file);
    MADO_TRY(answer(open(*place, Disk::Opening::MakeWhereMissing)));
    return {};
}

bool SimulatedFiles::exists(const path& file) {
    const auto place = places_.place_of(file.native());
    if (!place) return elsewhere_.exists(file);
    const auto found = place->disk->find(place->name);
    return found.ok() && *found;
}

Result<std::int64_t, IoError> SimulatedFiles::size(const path& file) {
    const auto place = places_.place_of(file.native());
    if (!place) return elsewhere_.size(file);
    const auto found = MADO_TRY(answer(place->disk->find(place->name)));
    return found ? static_cast<std::int64_t>(found->bytes().size()) : 0;
}

Result<void, IoError> SimulatedFiles::write(const path& file, std::int64_t offset,
                                            std::string_view bytes) {
    const auto place = places_.place_of(file.native());
    if (!place) return elsewhere_.write(file, offset, bytes);
    const auto opened = MADO_TRY(answer(open(*place, Disk::Opening::MakeWhereMissing)));
    return answer(place->disk->write(opened, static_cast<std::size_t>(offset), bytes_of(bytes)));
}

Result<void, IoError> SimulatedFiles::sync_file(const path& file) {
    const auto place = places_.place_of(file.native());
    if (!place) return elsewhere_.sync_file(file);
    const auto opened = MADO_TRY(answer(open(*place, Disk::Opening::Existing)));
    return answer(place->disk->sync(opened));
}

Result<void, IoError> SimulatedFiles::sync_folder(const path& folder) {
    const auto place = places_.place_of(folder.native());
    if (!place) return elsewhere_.sync_folder(folder);
    return answer(place->disk->sync_folder(place->name));
}

Result<std::vector<std::string>, IoError> SimulatedFiles::names_in(const path& folder) {
    const auto place = places_.place_of(folder.native());
    if (!place) return elsewhere_.names_in(folder);
    auto names = MADO_TRY(answer(place->disk->names_in(place->name)));
    for (std::string& name : names)
        name = path(name).filename().string();
    return names;
}

Result<void, IoError> SimulatedFiles::remove(const path& file) {
    const auto place = places_.place_of(file.native());
    if (!place) return elsewhere_.remove(file);
    auto removed = place->disk->remove(place->name);
    if (!removed.ok() && removed.error() == DiskTrouble::Missing) return {};
    return answer(removed);
}

Result<FileBytes, IoError> SimulatedFiles::map(const path& file, Reading reading) {
    const auto place = places_.place_of(file.native());
    if (!place) return elsewhere_.map(file, reading);
    const auto opened = MADO_TRY(answer(open(*place, Disk::Opening::Existing)));
    const std::size_t count = opened.file->bytes().size();
    if (count == 0) return fail(IoError{IoError::Kind::Refused, "simulated disk: an empty file"});
    const std::shared_ptr<std::uint8_t[]> copy(new std::uint8_t[count]);
    MADO_TRY(answer(place->disk->read(opened, 0, {copy.get(), count})));
    return FileBytes{copy, count};
}

}  // namespace mado::tests
