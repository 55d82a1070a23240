# How everything of ours is compiled and linked.
find_package(Threads REQUIRED)

add_library(bradawl_flags INTERFACE)
target_compile_options(bradawl_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
    $<$<BOOL:${BRADAWL_WERROR}>:-Werror>
    -ffunction-sections -fdata-sections
    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.")
target_link_libraries(bradawl_flags INTERFACE Threads::Threads)
target_link_options(bradawl_flags INTERFACE -Wl,--gc-sections -Wl,--as-needed -Wl,-z,relro,-z,now)

if(BRADAWL_FUZZ)
    target_compile_options(bradawl_flags INTERFACE -O1 -g1 -fsanitize=fuzzer-no-link,address,undefined
        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(bradawl_flags INTERFACE -fsanitize=address,undefined)
elseif(BRADAWL_SANITIZE)
    target_compile_options(bradawl_flags INTERFACE -fsanitize=${BRADAWL_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer -g1)
    target_link_options(bradawl_flags INTERFACE -fsanitize=${BRADAWL_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(bradawl_flags INTERFACE -fstack-protector-strong -fstack-clash-protection -fcf-protection
        -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS)
endif()

# What a shipped tool adds: no dynamic section at all. Never plain -static: its first C++ exception costs 6 to 12 ms.
add_library(bradawl_tool_flags INTERFACE)
target_link_libraries(bradawl_tool_flags INTERFACE bradawl_flags)
if(BRADAWL_LINK STREQUAL "static")
    target_link_options(bradawl_tool_flags INTERFACE -static-pie)
endif()
