#!/usr/bin/python3
"""Each fault of the feed server does on the wire what its name says."""

import email.utils
import json
import select
import ssl
import subprocess
import time
import unittest

import feed_faults
from feed_harness import PYTHON, Case, Client, beside

GZIP = "Accept-Encoding: gzip\r\n"


class BodyFaults(Case):
    def one(self, script, *arguments, headers=""):
        """The answer to one request, and the server's log of it."""
        with self.server("--script", script, *arguments) as server:
            answer = Client(server.port, headers).answer()
        return answer, server.log()[0]

    def check_torn(self, answer, log, name, at=7):
        tail = answer.body.removeprefix(self.text(0, at))
        self.assertEqual(len(answer.body) - len(tail), len(self.text(0, at)))
        self.assertTrue(0 < len(tail) < len(self.lines[at]) - 1 and self.lines[at].startswith(tail))
        self.assertEqual((log["first"], log["last"], log["faults"][0]["name"], log["faults"][0]["partial"]),
                         (0, at - 1, name, at))
        return tail

    def test_cut_line_is_a_part_of_the_record_then_fin(self):
        answer, log = self.one("cut-line@7")
        self.check_torn(answer, log, "cut-line")
        self.assertEqual((answer.ending, answer.chunks_end), ("fin", "between chunks"))

    def test_rst_resets_after_a_part_of_the_record(self):
        answer, log = self.one("rst@7")
        self.check_torn(answer, log, "rst")
        self.assertEqual(answer.ending, "rst")

    def test_cut_utf8_stops_inside_a_character(self):
        answer, log = self.one("cut-utf8@7")
        tail = self.check_torn(answer, log, "cut-utf8", log["faults"][0]["partial"])
        with self.assertRaisesRegex(UnicodeDecodeError, "unexpected end of data"):
            tail.decode()

    def test_cut_gzip_leaves_the_block_open(self):
        for flush in ("one", "per-line", "per-3"):
            answer, log = self.one("cut-gzip@7", "--gzip", flush, headers=GZIP)
            (text, end), = answer.members()[0]
            self.assertEqual((end, log["last"], log["faults"][0]["partial"]), ("cut", 6, 7))
            self.assertTrue(text.startswith(self.text(0, 7)) and self.text(0, 8)[:-1].startswith(text[:-1]))
            self.assertEqual(text.count(b"\n"), 7)
            self.assertNotEqual(answer.body[-4:], b"\0\0\xff\xff")

    def test_cut_chunk_stops_inside_the_size(self):
        answer, _ = self.one("cut-chunk@7")
        self.assertEqual((answer.ending, answer.chunks_end, answer.body), ("fin", "in size", self.text(0, 7)))

    def test_fin_has_no_terminating_chunk_and_end_has(self):
        for name, chunks_end in (("fin", "between chunks"), ("end", "end")):
            answer, log = self.one(name + "@7")
            self.assertEqual((answer.ending, answer.chunks_end, answer.body), ("fin", chunks_end, self.text(0, 7)))
            self.assertEqual((log["last"], log["ended"]), (6, name))

    def test_gzip_endings(self):
        for name, end, rest in (("end", "ok", b""), ("no-trailer", "cut", b""), ("zeros", "ok", bytes(512)),
                                ("crc", "Error -3 while decompressing data: incorrect data check", None)):
            answer, _ = self.one(name + "@7", "--gzip", "one", headers=GZIP)
            members, after = answer.members()
            self.assertEqual((members, answer.chunks_end), ([(self.text(0, 7), end)], "end"), name)
            self.assertIn(rest, (after, None))

    def test_members_follow_one_another(self):
        for name, texts in (("members", [(0, 7), (7, 40)]), ("empty-member", [(0, 7), (0, 0), (7, 40)])):
            answer, log = self.one(name + "@7", "--gzip", "per-line", headers=GZIP)
            self.assertEqual(answer.members(), ([(self.text(*span), "ok") for span in texts], b""))
            self.assertEqual((log["last"], log["ended"]), (39, "end"))

    def test_garbage_and_huge_come_between_records(self):
        answer, _ = self.one("garbage@7,huge=300000@9")
        lines = answer.body.splitlines(keepends=True)
        self.assertEqual(b"".join(lines[:7] + lines[8:10] + lines[11:]), self.text(0, 40))
        with self.assertRaises(ValueError):
            json.loads(lines[7])
        self.assertEqual(len(lines[10]), 300001)
        self.assertEqual(list(json.loads(lines[10])), ["huge"])

    def test_a_fault_works_through_tls(self):
        certs = self.certificates()
        client = ssl.create_default_context(cafile=certs + "/ca.pem")
        client.options &= ~0x80  # SSL_OP_IGNORE_UNEXPECTED_EOF, which Python sets, would hide a missing close_notify
        # Python's ssl calls a reset a cut too.
        for name, ending in (("cut-line", "tls cut"), ("end", "fin"), ("rst", "tls cut")):
            with self.server("--script", name + "@7", "--tls", certs + "/server.pem", certs + "/server.key") as server:
                answer = Client(server.port, tls=client).answer()
            self.assertEqual((answer.ending, answer.body[:len(self.text(0, 7))]), (ending, self.text(0, 7)))


class Waiting(Case):
    def test_stall_sends_nothing_and_goes_on(self):
        with self.server("--script", "stall=30@7", "--keep-alive", 0.01) as server:
            client = Client(server.port).until(self.lines[6])
            self.assertEqual(select.select([client.socket], [], [], 0.3)[0], [])
            client.socket.close()
            self.assertEqual(server.ended()[0]["ended"], "client")
        with self.server("--script", "stall=0.2@7") as server:
            self.assertEqual(Client(server.port).answer().body, self.text(0, 40))

    def test_hush_sends_keep_alives_but_no_record(self):
        for arguments, headers in (((), ""), (("--gzip", "per-line"), GZIP)):
            with self.server("--script", "hush=30@7", "--keep-alive", 0.05, "--crlf", *arguments) as server:
                client = Client(server.port, headers)
                for _ in range(12):
                    client.read()
                client.socket.close()
                log, = server.ended()
            self.assertEqual((log["last"], log["ended"]), (6, "client"))

    def test_hold_keeps_the_ended_feed_open(self):
        with self.server("--at-end", "hold", "--keep-alive", 0.05) as server:
            Client(server.port).until(self.lines[39] + b"\r\n1\r\n\n\r\n1\r\n\n\r\n").socket.close()

    def test_slow_headers_come_in_pieces(self):
        with self.server("--script", "slow-headers=0.5@0") as server:
            client = Client(server.port).until(b"\r\n\r\n")
            self.assertGreater(client.reads, 2)
            self.assertEqual(client.answer().body, self.text(0, 40))

    def test_refuse_closes_the_port_for_a_while(self):
        with self.server("--script", "refuse=0.5@7") as server:
            Client(server.port).answer()
            self.assertRaises(ConnectionRefusedError, Client, server.port)
            deadline = time.monotonic() + 20
            while True:
                try:
                    self.assertEqual(Client(server.port).answer().body, self.text(7, 40))
                    break
                except ConnectionRefusedError:
                    self.assertLess(time.monotonic(), deadline)
                    time.sleep(0.02)


class AnswerFaults(Case):
    def second(self, script, path="/feed.json"):
        """The answer that the fault at record 7 spoils: the one after the break."""
        with self.server("--script", script) as server:
            first = Client(server.port).answer()
            self.assertEqual((first.body, first.chunks_end), (self.text(0, 7), "between chunks"))
            second, third = Client(server.port, path=path).answer(), Client(server.port).answer()
            self.assertEqual(third.body, self.text(7, 40))
            return second

    def test_statuses_and_their_waits(self):
        for code in ("401", "403", "420", "429", "503", "500"):
            answer = self.second(code + "@7")
            self.assertEqual((answer.status, answer.headers.get("retry-after")), (int(code), None))
        self.assertEqual(self.second("503=2@7").headers["retry-after"], "2")
        date = email.utils.parsedate_to_datetime(self.second("429=date90@7").headers["retry-after"]).timestamp()
        self.assertTrue(time.time() < date <= time.time() + 91)
        reset = int(self.second("420=reset90@7").headers["x-rate-limit-reset"])
        self.assertTrue(time.time() < reset <= time.time() + 91)

    def test_empty_and_wrong_type(self):
        empty = self.second("empty@7")
        self.assertEqual((empty.status, empty.body, empty.chunks_end), (200, b"", "end"))
        page = self.second("type@7")
        self.assertEqual((page.status, page.headers["content-type"]), (200, "text/html; charset=utf-8"))

    def test_http10_ends_with_the_connection(self):
        with self.server("--script", "http10@0,cut-line@7") as server:
            answer = Client(server.port).answer()
        self.assertEqual((answer.start, answer.chunks_end, answer.ending), ("HTTP/1.0 200 OK", None, "fin"))
        self.assertTrue(self.text(0, 8).startswith(answer.body) and answer.body.startswith(self.text(0, 7)))

    def test_redirects_and_whether_a_password_went_along(self):
        for code in ("301", "302", "303", "307", "308"):
            answer = self.second(code + "@7", path="/a")
            self.assertEqual(answer.status, int(code))
            self.assertRegex(answer.headers["location"], r"^http://127\.0\.0\.1:\d+/moved/a$")
        for option, leaked in (("--location", False), ("--location-trusted", True)):
            with self.server("--script", "302=other@0", "--basic", "u:p") as server:
                curl = subprocess.run(["curl", "-s", option, "-u", "u:p", f"http://127.0.0.1:{server.port}/a"],
                                      check=True, stdout=subprocess.PIPE)
            self.assertEqual(curl.stdout, self.text(0, 40))
            first, second = server.log()
            self.assertEqual((first["authorization"], first["status"]), ("Basic", 302))
            self.assertEqual((second["request"], second["leaked"]), ("GET /elsewhere/a HTTP/1.1", leaked))


class Plans(Case):
    def test_scripts_are_checked(self):
        plan = feed_faults.script("503=2@30,cut-line@7, rst@7")
        self.assertEqual([(f.name, f.at, f.argument) for f in plan],
                         [("cut-line", 7, ""), ("rst", 7, ""), ("503", 30, "2")])
        for bad in ("cut@7", "cut-line", "cut-line=1@7", "stall=x@7", "503=soon@7", "302=1@7", "rst@-1"):
            with self.assertRaises(ValueError, msg=bad):
                feed_faults.script(bad)

    def test_drawn_plans_are_seeded_and_even(self):
        draw = lambda seed: list(feed_faults.drawn(1000, 20000, seed, gzip=True))
        self.assertEqual(draw(1), draw(1))
        self.assertNotEqual(draw(1), draw(2))
        self.assertEqual(len(draw(1)), 1000)
        self.assertEqual([fault.at for fault in draw(1)], sorted(fault.at for fault in draw(1)))
        counts = [sum(fault.name == name for fault in draw(1)) for name in feed_faults.DRAWN]
        self.assertLessEqual(max(counts) - min(counts), 1)

    def test_faults_wait_until_a_replay_is_over(self):
        with self.server("--script", "fin@10,fin@10,fin@20", "--replay", 4) as server:
            bodies = [Client(server.port).answer().body for _ in range(4)]
        self.assertEqual(bodies, [self.text(0, 10), self.text(6, 10), self.text(6, 20), self.text(16, 40)])
        self.assertEqual(server.log("stop")[0]["faults_left"], [])

    def test_chunks_of_any_size(self):
        for size, most in ((1, 1), (5, 5), ("random", 16384)):
            with self.server("--chunk", size, "--gzip", "per-line", "--seed", 3) as server:
                answer = Client(server.port, GZIP).answer()
            self.assertEqual(answer.members(), ([(self.text(0, 40), "ok")], b""))
            self.assertLessEqual(max(answer.sizes), most)


class AllTogether(Case):
    count = 3000

    def test_a_careful_client_gets_every_record_through_hundreds_of_faults(self):
        kinds = ",".join(kind for kind in feed_faults.DRAWN if kind not in feed_faults.SECONDS)
        for flush in ("none", "one", "per-4"):
            with open(self.folder + "/output", "wb") as output, self.server(
                    "--faults", 200, "--seed", 4, "--kinds", kinds, "--gzip", flush, "--replay", 3, "--after-end", 204,
                    "--chunk", "random") as server:
                while (answer := Client(server.port, GZIP).answer()).status != 204:
                    if answer.status == 200:
                        text = answer.body if flush == "none" else b"".join(text for text, _ in answer.members()[0])
                        lines = text.splitlines(keepends=True)
                        output.writelines(line for line in lines if line.endswith(b"}\n") and line.startswith(b'{"created'))
            self.assertEqual(server.log("stop")[0]["faults_left"], [])
            run = subprocess.run([PYTHON, beside("check_feed.py"), "--records", self.records, "--log", server.log_file,
                                  output.name], stdout=subprocess.PIPE, text=True)
            self.assertRegex(run.stdout, r"^ok: 3000 records, 0 lost, 0 torn, (\d+) repeats of \1 sent again, 0 never sent, "
                                         r"0 extra lines, \d+ connections, 200 faults$")


if __name__ == "__main__":
    unittest.main()
