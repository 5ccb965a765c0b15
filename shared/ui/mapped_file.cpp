#include "shared/ui/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mado::ui {

Result<MappedFile, IoError> MappedFile::open(const std::filesystem::path& file) {
    const IoError unavailable{IoError::Kind::Unavailable, "cannot read " + file.string()};
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) return fail(unavailable);
    struct stat facts {};
    void* mapped = MAP_FAILED;
    if (::fstat(opened, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0) {
        // Dear ImGui asks for bytes that may be written, and writes none.
        mapped = ::mmap(nullptr, static_cast<std::size_t>(facts.st_size), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE, opened, 0);
    }
    ::close(opened);
    if (mapped == MAP_FAILED) return fail(unavailable);
    return MappedFile({static_cast<std::byte*>(mapped), static_cast<std::size_t>(facts.st_size)});
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
}

}  // namespace mado::ui
