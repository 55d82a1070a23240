#!/usr/bin/python3
"""Records, the feed server's life and doors, the checker, the certificates and the private nginx."""

import gzip
import json
import os
import signal
import ssl
import subprocess
import time
import unittest
import urllib.error
import urllib.request

from feed_harness import PYTHON, Answer, Case, Client, beside


class Records(Case):
    count = 3000

    def test_the_same_seed_gives_the_same_bytes(self):
        self.assertEqual(self.generated("--count", 3000, "--seed", 5), self.text(0, 3000))
        self.assertEqual(self.generated("--count", 10, "--start", 2000, "--seed", 5), self.text(2000, 2010))
        self.assertNotEqual(self.generated("--count", 1, "--seed", 6), self.lines[0])

    def test_bytes_is_a_limit_at_a_record_end(self):
        some = self.generated("--bytes", 50000, "--seed", 5)
        self.assertEqual(some, self.text(0, some.count(b"\n")))
        self.assertTrue(50000 - len(self.lines[some.count(b"\n")]) < len(some) <= 50000)

    def test_they_are_tweets_with_what_breaks_readers(self):
        tweets = [json.loads(line) for line in self.lines]
        ids = [tweet["id"] for tweet in tweets]
        self.assertEqual(ids, sorted(set(ids)))
        self.assertEqual(ids, [int(tweet["id_str"]) for tweet in tweets])
        self.assertGreater(min(ids), 2**53)
        self.assertLess(max(ids), 2**63)
        self.assertEqual(len({tuple(key for key in tweet if key != "retweeted_status") for tweet in tweets}), 1)
        self.assertTrue(1250 < sum(map(len, self.lines)) / 3000 < 1480)
        whole = self.text(0, 3000)
        for piece in (rb"\ud83d\ude00", "😀".encode(), "\u2028".encode(), rb"\u2028", rb"\/", "東京".encode(), "القهوة".encode(),
                      b"e-", b"E+", b"[-", b"null", b"true", rb"\"quoted\"", rb"\n", b"retweeted_status"):
            self.assertIn(piece, whole)
        self.assertTrue(all(line.count(b"\n") == 1 and b"\r" not in line for line in self.lines))

    def test_wrong_usage_and_a_full_device_are_errors(self):
        for arguments in ((), ("--count",), ("--count", "3x"), ("--cuont", "3"), ("--seed", "1")):
            self.assertEqual(subprocess.run([self.records_program, *arguments], stderr=subprocess.DEVNULL).returncode, 2)
        with open("/dev/full", "w") as full:
            run = subprocess.run([self.records_program, "--count", "1"], stdout=full, stderr=subprocess.DEVNULL)
        self.assertEqual(run.returncode, 74)


class Doors(Case):
    def status(self, server, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{server.port}/feed.json", headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def test_basic_and_bearer(self):
        with self.server("--basic", "me:pass word") as server:
            self.assertEqual([self.status(server), self.status(server, Authorization="Basic bWU6cGFzcyB3b3Jk"),
                              self.status(server, Authorization="Basic bWU6")], [401, 200, 401])
        with self.server("--bearer", "t0") as server:
            self.assertEqual([self.status(server, Authorization="Bearer t0"), self.status(server, Authorization="Bearer t")],
                             [200, 401])

    def test_oauth_wants_all_fields_and_a_new_nonce(self):
        names = ("consumer_key", "nonce", "signature", "signature_method", "timestamp", "token", "version")
        header = lambda nonce, left_out="": "OAuth " + ", ".join(
            f'oauth_{name}="{nonce if name == "nonce" else 1}"' for name in names if name != left_out)
        with self.server("--oauth1") as server:
            found = [self.status(server, Authorization=header(*what))
                     for what in (("a",), ("a",), ("b",), ("c", "token"), ("d", "nonce"))]
        self.assertEqual(found, [200, 401, 200, 401, 401])
        logged = [entry["oauth"] for entry in server.log()]
        self.assertEqual([entry["nonce"] for entry in logged], ["a", "a", "b", "c", None])
        self.assertEqual(logged[3]["missing"], ["oauth_token"])

    def test_a_post_and_the_headers_of_interest_are_logged(self):
        with self.server() as server:
            Client(server.port, "Content-Length: 11\r\nUser-Agent: test/1\r\n", method="POST", body="track=a%20b").answer()
        entry, = server.log()
        self.assertEqual((entry["request"], entry["body"], entry["user_agent"]),
                         ("POST /feed.json HTTP/1.1", "track=a%20b", "test/1"))

    def test_events_honour_the_last_event_id(self):
        with self.server("--framing", "sse") as server:
            body = Client(server.port, "Last-Event-ID: 37\r\n").answer().body
        self.assertEqual(body, b"id: 38\ndata: %b\nid: 39\ndata: %b\n" % (self.lines[38], self.lines[39]))

    def test_length_counts_what_follows(self):
        with self.server("--framing", "length", "--crlf") as server:
            rest = Client(server.port).answer().body
        for line in self.lines:
            size, _, rest = rest.partition(b"\r\n")
            self.assertEqual(rest[:int(size)], line[:-1] + b"\r\n")
            rest = rest[int(size):]
        self.assertEqual(rest, b"")

    def test_pace_with_keep_alives_between(self):
        with self.server("--pace", 10, "--keep-alive", 0.03) as server:
            client = Client(server.port).until(self.lines[1])
            client.socket.close()
            parts = Answer(client.data, "").body.split(b"\n")
        self.assertIn(b"", parts[1:3])

    def test_bulk_serves_the_whole_body_to_each(self):
        certs = self.certificates()
        for flush in ("none", "one", "per-line", "per-16"):
            with self.server("--bulk", "--gzip", flush, "--crlf") as server:
                answers = [Client(server.port).answer() for _ in range(2)]
            for answer in answers:
                text = answer.body if flush == "none" else gzip.decompress(answer.body)
                self.assertEqual((text, answer.chunks_end), (self.text(0, 40).replace(b"\n", b"\r\n"), "end"))
                self.assertEqual(set(answer.sizes[:-1]), {16384} if len(answer.sizes) > 1 else set())
        with self.server("--bulk", "--tls", certs + "/server.pem", certs + "/server.key") as server:
            tls = ssl.create_default_context(cafile=certs + "/ca.pem")
            self.assertEqual(Client(server.port, tls=tls).answer().body, self.text(0, 40))


class Life(Case):
    def test_records_come_from_standard_input(self):
        run = subprocess.Popen([PYTHON, beside("feed_server.py"), "--records", "-"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)
        run.stdin.write(self.text(0, 3))
        run.stdin.close()
        self.assertEqual(Client(int(run.stdout.readline())).answer().body, self.text(0, 3))
        run.send_signal(signal.SIGTERM)
        self.assertEqual(run.wait(10), 0)
        run.stdout.close()

    def test_it_stops_after_its_time(self):
        with self.server("--max-seconds", 0.2) as server:
            self.assertEqual(server.process.wait(20), 0)
        self.assertEqual(server.log("stop")[0]["reason"], "time")

    def test_it_stops_with_its_parent(self):
        port_file, log = self.folder + "/port", self.folder + "/orphan.log"
        shell = f'"$@" & while [ ! -s {port_file} ]; do sleep 0.02; done'
        subprocess.run(["sh", "-c", shell, "sh", PYTHON, beside("feed_server.py"), "--records", self.records,
                        "--port-file", port_file, "--log", log], check=True)
        deadline = time.monotonic() + 20
        with open(log) as lines:
            while '"reason": "parent"' not in lines.read():
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.02)

    def test_a_new_connection_takes_the_feed_over(self):
        with self.server("--script", "stall=30@5", "--replay", 2) as server:
            old = Client(server.port).until(self.lines[4])
            self.assertEqual(Client(server.port).answer().body, self.text(3, 40))
            self.assertEqual(old.answer().ending, "fin")
        self.assertEqual(server.log()[0]["ended"], "superseded")

    def test_after_the_end_a_status_or_the_replay(self):
        with self.server("--after-end", 204, "--replay", 3) as server:
            self.assertEqual([Client(server.port).answer().status for _ in range(2)], [200, 204])
        with self.server("--replay", 3) as server:
            self.assertEqual([Client(server.port).answer().body for _ in range(2)], [self.text(0, 40), self.text(37, 40)])


class Checker(Case):
    def setUp(self):
        with self.server("--script", "cut-line@10,fin@20", "--replay", 4) as server:
            self.answers = [Client(server.port).answer().body for _ in range(3)]
        self.good = self.text(0, 10) + self.text(6, 20) + self.text(16, 40)

    def verdict(self, output, *arguments):
        with open(self.folder + "/output", "wb") as file:
            file.write(output)
        run = subprocess.run([PYTHON, beside("check_feed.py"), "--records", self.records, "--log",
                              self.folder + "/server.log", *arguments, file.name], stdout=subprocess.PIPE, text=True)
        self.assertEqual(run.returncode, 0 if run.stdout.startswith("ok: ") else 1)
        return run.stdout.strip()

    def test_good_outputs_pass(self):
        self.assertRegex(self.verdict(self.good), "^ok: 40 records, 0 lost, 0 torn, 8 repeats of 8 sent again, .* 2 faults$")
        self.assertRegex(self.verdict(self.text(0, 40), "--no-repeats"), "^ok: 40 records, .* 0 repeats of 8 sent again")
        self.assertRegex(self.verdict(self.text(0, 33), "--until-last"), "^ok: 33 records")

    def test_what_the_wire_carried_is_torn(self):
        self.assertEqual(self.verdict(b"".join(self.answers)), "torn: line 11: a part of a record and then record 6")

    def test_damage_is_named(self):
        lines, good = self.lines, self.good
        for output, words in (
                (good[:-1], "torn: line 48, the last, has no line end"),
                (good.replace(lines[33], lines[33][:700] + b"\n"), "torn: line 42: the first 700 of"),
                (good.replace(lines[33], lines[33][700:]), "torn: line 42: the end of a record"),
                (good.replace(lines[33], lines[33][:700] + lines[34]), "torn: line 42: a part of a record and then record 34"),
                (good.replace(lines[33], lines[33][:30] + b"\n"), "torn: line 42: the start of a record"),
                (good.replace(lines[33], lines[33][:-1] + lines[34][:9] + b"\n"), "torn: line 42: record 33 and then a part"),
                (good.replace(lines[33], lines[33].replace(b":false", b":true", 1)), "altered: line 42: record 33 differs"),
                (good.replace(b"\n", b"\r\n"), "altered: line 1: carries a carriage return"),
                (self.text(0, 5) + b"\n" + self.text(5, 40), "foreign: line 6: no record"),
                (self.text(0, 5) + b"this is no JSON\n" + self.text(5, 40), "foreign: line 6: no record"),
                (self.text(0, 33) + self.text(34, 40), "lost: 1 records that were sent, the first is record 33"),
                (self.text(0, 33), "lost: 7 records that were sent, the first is record 33"),
                (good + lines[39], "repeated: line 49: record 39 is printed 2 times, sent 1 times"),
                (self.text(0, 20) + self.text(18, 40) + lines[18], "repeated: line 43: record 18 is printed 3 times"),
                (self.text(0, 30) + lines[31] + lines[30] + self.text(32, 40), "out of order: line 32: record 30 after"),
                (self.text(0, 20) + self.text(8, 10) + self.text(20, 40), "out of order: line 21: record 8 after record 19")):
            self.assertIn(words, self.verdict(output))
        self.assertIn("repeated: line 11: record 6 is printed 2 times", self.verdict(good, "--no-repeats"))
        with_extra = self.text(0, 5) + b"this is no JSON\n" + self.text(5, 40)
        self.assertRegex(self.verdict(with_extra, "--extra-ok"), "^ok: 40 records.* 1 extra lines")

    def test_a_record_that_was_never_sent_is_not_missed_but_foreign(self):
        with self.server("--script", "fin@10", "--skip", 5) as server:
            bodies = [Client(server.port).answer().body for _ in range(2)]
        self.assertEqual(bodies, [self.text(0, 10), self.text(15, 40)])
        self.assertRegex(self.verdict(b"".join(bodies)), "^ok: 35 records, .* 5 never sent")
        self.assertIn("foreign: line 11: record 10 was never sent", self.verdict(self.text(0, 40)))


class Nginx(Case):
    count = 500

    def curl(self, url, *arguments):
        run = subprocess.run(["curl", "-sN", "-D", self.folder + "/head", *arguments, url], stdout=subprocess.PIPE)
        with open(self.folder + "/head") as head:
            return run.returncode, head.read().lower(), run.stdout

    def start(self, *pid):
        certs, folder = self.certificates(), self.folder + "/nginx"
        subprocess.run([beside("nginx.sh"), "start", folder, self.records, certs + "/server.pem", certs + "/server.key",
                        "me:secret", *pid], check=True, stdout=subprocess.DEVNULL)
        with open(folder + "/urls") as urls:
            return folder, dict(line.strip().split("=", 1) for line in urls)

    def test_it_serves_gzip_chunks_with_tls_and_a_password(self):
        folder, urls = self.start()
        trust = ("--cacert", self.certificates() + "/ca.pem")
        login = (*trust, "-u", "me:secret", "--compressed")
        code, head, body = self.curl(urls["https"] + "/feed.json", *login)
        self.assertEqual((code, body), (0, self.text(0, 500)))
        for field in ("transfer-encoding: chunked", "content-encoding: gzip", "content-type: application/json"):
            self.assertIn(field, head)
        code, head, body = self.curl(urls["http"] + "/plain.json", *login)
        self.assertEqual((code, body), (0, self.text(0, 500)))
        self.assertNotIn("content-encoding", head)
        self.assertIn(" 401 ", self.curl(urls["https"] + "/feed.json", *trust)[1])
        self.assertIn(" 401 ", self.curl(urls["https"] + "/feed.json", *trust, "-u", "me:wrong")[1])
        subprocess.run([beside("nginx.sh"), "stop", folder], check=True)
        self.assertFalse(os.path.exists(folder))
        self.assertEqual(self.curl(urls["https"] + "/feed.json", *login)[0], 7)

    def test_it_stops_with_the_process_it_watches(self):
        watched = subprocess.Popen(["sleep", "60"])
        folder, _ = self.start(str(watched.pid))
        watched.kill()
        watched.wait()
        deadline = time.monotonic() + 20
        while os.path.exists(folder):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)

    def test_bad_certificates_are_bad(self):
        certs = self.certificates()
        for name, authority, host, code in (("server", "ca", "localhost", 0), ("server", "other-ca", "localhost", 60),
                                            ("expired", "ca", "localhost", 60), ("elsewhere", "ca", "localhost", 60),
                                            ("elsewhere", "ca", "elsewhere.test", 0)):
            with self.server("--tls", f"{certs}/{name}.pem", f"{certs}/{name}.key") as server:
                found, _, _ = self.curl(f"https://{host}:{server.port}/", "--cacert", f"{certs}/{authority}.pem",
                                        "--connect-to", f"{host}:{server.port}:127.0.0.1:{server.port}")
            self.assertEqual(found, code, (name, authority, host))


if __name__ == "__main__":
    unittest.main()
