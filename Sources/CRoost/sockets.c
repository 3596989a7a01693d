#define _GNU_SOURCE
#include "roost_sockets.h"
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

static int ask(int diag, unsigned inode) {
    struct { struct nlmsghdr header; struct unix_diag_req body; } question;
    memset(&question, 0, sizeof question);
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST;
    question.body.sdiag_family = AF_UNIX;
    question.body.udiag_states = ~0u;
    question.body.udiag_ino = inode;
    question.body.udiag_show = UDIAG_SHOW_RQLEN;
    question.body.udiag_cookie[0] = question.body.udiag_cookie[1] = ~0u;
    return send(diag, &question, sizeof question, 0) == (ssize_t)sizeof question ? 0 : -1;
}

static int answer(int diag, unsigned *waiting, unsigned *backlog) {
    union { char bytes[2048]; struct nlmsghdr align; } reply;
    ssize_t length = recv(diag, reply.bytes, sizeof reply.bytes, 0);
    struct nlmsghdr *header = &reply.align;
    if (length < 0 || !NLMSG_OK(header, (size_t)length) || header->nlmsg_type != SOCK_DIAG_BY_FAMILY) return -1;
    struct unix_diag_msg *message = NLMSG_DATA(header);
    int left = (int)header->nlmsg_len - (int)NLMSG_LENGTH(sizeof *message);
    for (struct rtattr *a = (struct rtattr *)(message + 1); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
        if (a->rta_type != UNIX_DIAG_RQLEN) continue;
        struct unix_diag_rqlen sizes;
        memcpy(&sizes, RTA_DATA(a), sizeof sizes);
        *waiting = sizes.udiag_rqueue;
        *backlog = sizes.udiag_wqueue;
        return 0;
    }
    return -1;
}

int roost_unix_listen_queue(int listener, unsigned *waiting, unsigned *backlog) {
    struct stat status;
    if (fstat(listener, &status) != 0) return -1;
    int diag = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (diag < 0) return -1;
    struct timeval limit = { 0, 20000 }; // the kernel answers at once or never; status must not wait for it
    setsockopt(diag, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    int result = ask(diag, (unsigned)status.st_ino) == 0 ? answer(diag, waiting, backlog) : -1;
    close(diag);
    return result;
}

int roost_tcp_listen_queue(int listener, unsigned *waiting, unsigned *backlog) {
    struct tcp_info info;
    socklen_t size = sizeof info;
    if (getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return -1;
    *waiting = info.tcpi_unacked; // of a listener: length of the accept queue
    *backlog = info.tcpi_sacked;  // and its limit
    return 0;
}

int roost_accept(int listener, int flags) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC | flags); }
int roost_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }
int roost_memory(const char *name) { return memfd_create(name, MFD_CLOEXEC); }
