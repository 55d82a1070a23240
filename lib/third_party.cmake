# One target a library of others, the same name in both link modes.
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)

add_library(third_party_curl INTERFACE)
add_library(third_party_mongoc INTERFACE)
add_library(third_party_isal INTERFACE)
add_library(third_party_zlib INTERFACE) # the tests' opinion on gzip
add_library(third_party_crypto INTERFACE)
add_library(third_party_yaml INTERFACE)
add_library(third_party_eigen INTERFACE)
target_include_directories(third_party_eigen SYSTEM INTERFACE "${EIGEN3_INCLUDE_DIRS}")
# Only what is under the MPL; its assertions where ours are looked for too.
target_compile_definitions(third_party_eigen INTERFACE EIGEN_MPL2_ONLY $<$<CONFIG:Release>:EIGEN_NO_DEBUG>)

# The messages of ONNX, generated from Debian's own description of them: its library of them is shared only.
find_program(BRADAWL_PROTOC protoc REQUIRED)
find_path(BRADAWL_ONNX onnx.proto PATH_SUFFIXES onnx REQUIRED)
set(BRADAWL_ONNX_MADE "${PROJECT_BINARY_DIR}/onnx")
file(MAKE_DIRECTORY "${BRADAWL_ONNX_MADE}")
add_custom_command(OUTPUT "${BRADAWL_ONNX_MADE}/onnx.pb.cc" "${BRADAWL_ONNX_MADE}/onnx.pb.h"
    COMMAND ${BRADAWL_PROTOC} "--proto_path=${BRADAWL_ONNX}" "--cpp_out=${BRADAWL_ONNX_MADE}" onnx.proto
    DEPENDS "${BRADAWL_ONNX}/onnx.proto" VERBATIM)
add_library(third_party_onnx STATIC "${BRADAWL_ONNX_MADE}/onnx.pb.cc")
target_include_directories(third_party_onnx SYSTEM PUBLIC "${BRADAWL_ONNX_MADE}")
target_compile_options(third_party_onnx PRIVATE -w -fPIC -ffunction-sections -fdata-sections)

if(BRADAWL_LINK STREQUAL "static")
    foreach(archive libcurl libmongoc-static-1.0 libisal)
        if(NOT EXISTS "${BRADAWL_DEPS}/lib/${archive}.a")
            message(FATAL_ERROR "BRADAWL_DEPS ('${BRADAWL_DEPS}') holds no ${archive}.a.\n"
                "Run 'sh tests/setup.sh', which builds it once, or configure with -DBRADAWL_LINK=shared.")
        endif()
    endforeach()
    # By full path: a bare libz.a becomes -Bstatic -lz -Bdynamic, which breaks -static-pie.
    find_library(BRADAWL_LIBSSL libssl.a REQUIRED)
    find_library(BRADAWL_LIBCRYPTO libcrypto.a REQUIRED)
    find_library(BRADAWL_LIBZ libz.a REQUIRED)
    find_library(BRADAWL_LIBRESOLV libresolv.a REQUIRED)
    target_include_directories(third_party_curl SYSTEM INTERFACE "${BRADAWL_DEPS}/include")
    target_compile_definitions(third_party_curl INTERFACE CURL_STATICLIB)
    target_link_libraries(third_party_zlib INTERFACE ${BRADAWL_LIBZ})
    target_include_directories(third_party_isal SYSTEM INTERFACE "${BRADAWL_DEPS}/include")
    target_link_libraries(third_party_isal INTERFACE "${BRADAWL_DEPS}/lib/libisal.a")
    find_library(BRADAWL_LIBYAML libyaml-cpp.a REQUIRED)
    target_compile_definitions(third_party_yaml INTERFACE YAML_CPP_STATIC_DEFINE)
    target_link_libraries(third_party_yaml INTERFACE ${BRADAWL_LIBYAML})
    find_library(BRADAWL_LIBPROTOBUF libprotobuf-lite.a REQUIRED)
    target_link_libraries(third_party_onnx PUBLIC ${BRADAWL_LIBPROTOBUF} Threads::Threads)
    target_link_libraries(third_party_crypto INTERFACE ${BRADAWL_LIBCRYPTO} Threads::Threads)
    target_link_libraries(third_party_curl INTERFACE
        "${BRADAWL_DEPS}/lib/libcurl.a" ${BRADAWL_LIBSSL} ${BRADAWL_LIBCRYPTO} ${BRADAWL_LIBZ} Threads::Threads)
    target_include_directories(third_party_mongoc SYSTEM INTERFACE
        "${BRADAWL_DEPS}/include/libmongoc-1.0" "${BRADAWL_DEPS}/include/libbson-1.0")
    target_compile_definitions(third_party_mongoc INTERFACE MONGOC_STATIC BSON_STATIC)
    target_link_libraries(third_party_mongoc INTERFACE
        "${BRADAWL_DEPS}/lib/libmongoc-static-1.0.a" "${BRADAWL_DEPS}/lib/libbson-static-1.0.a"
        ${BRADAWL_LIBSSL} ${BRADAWL_LIBCRYPTO} ${BRADAWL_LIBZ} ${BRADAWL_LIBRESOLV} Threads::Threads)
else()
    find_package(PkgConfig REQUIRED)
    pkg_check_modules(MONGOC REQUIRED IMPORTED_TARGET libmongoc-1.0)
    pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
    pkg_check_modules(ISAL REQUIRED IMPORTED_TARGET libisal)
    target_link_libraries(third_party_curl INTERFACE PkgConfig::CURL)
    target_link_libraries(third_party_mongoc INTERFACE PkgConfig::MONGOC)
    target_link_libraries(third_party_isal INTERFACE PkgConfig::ISAL)
    target_link_libraries(third_party_zlib INTERFACE z)
    target_link_libraries(third_party_crypto INTERFACE crypto)
    target_link_libraries(third_party_yaml INTERFACE yaml-cpp)
    target_link_libraries(third_party_onnx PUBLIC protobuf-lite)
endif()
