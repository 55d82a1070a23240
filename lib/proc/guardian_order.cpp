#include "proc/guardian_order.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace bradawl::proc {

void send_order(int socket, GuardianOrder order, int flags, int attached) noexcept {
    iovec piece{&order, sizeof order};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof attached)> control{};
    if (attached >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof attached);
        std::memcpy(CMSG_DATA(header), &attached, sizeof attached);
    }
    while (::sendmsg(socket, &message, flags | MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
}

ReceivedOrder receive_order(int socket) noexcept {
    ReceivedOrder received;
    iovec piece{&received.order, sizeof received.order};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    received.size = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    const cmsghdr* header = received.size > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
        received.attached.reset(fd);
    }
    return received;
}

}  // namespace bradawl::proc
