#!/usr/bin/env python3
"""Verifies evidence of Muster drills without Muster: needs Python 3.9 or newer and the program openssl.

    python3 verify.py drill-....zip --trust DIR

DIR holds the public keys (*.pem) that you trust; get them from the issuer on another way than the bundle came. Each
line says one thing that was checked. Exit code: 0 valid; 5 not as it was signed; 6 signed by nobody whom you trust;
2 wrong usage; 3 a file could not be read. Of several bundles the worst counts.
"""
import argparse, base64, datetime, hashlib, json, os, pathlib, re, struct, subprocess, sys, tempfile, zlib

VALID, INVALID, NOT_TRUSTED = 0, 5, 6
MOST_BYTES, MOST_FILES = 256 * 1024 * 1024, 200
STATEMENT_FILES = ["statement.json", "statement.sig", "statement.sigstore.json", "statement.tsr", "statement.tsr.sig"]
PAYLOAD_TYPE = "application/vnd.in-toto+json"
ED25519 = bytes.fromhex("302a300506032b6570032100")
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
SCHEMA = "https://muster.dev/schema/evidence-v2.json"
# Where the record repeats what the plan in the ledger has committed to: one each, one where there is one, any number.
PLANNED = {
    "drill": "recordControl.id", "system": "scope.system", "disaster": "scenario.disaster",
    "runbook": "recordControl.runbook.name", "runbook sha256": "recordControl.runbook.sha256",
    "requested by": "people.operator", "trigger": "people.trigger"}
PLANNED_SOMETIMES = {
    "seed": "recoveryPoint.seed", "fault seed": "findings.detection.seed", "supersedes": "recordControl.supersedes",
    "slot": "people.slot", "approved by": "people.startApprovedBy"}
PLANNED_EACH = {"choice": "recoveryPoint.rule", "set": "scenario.overrides"}
NOT_REPEATED = ["host", "process", "process started", "kind", "faults"]
BASE64_HASH = r"[A-Za-z0-9+/]{43}="
PROOF = re.compile(r"c2sp\.org/tlog-proof@v1\nindex (0|[1-9]\d{0,17})\n((?:%s\n)*)\n(.*)" % BASE64_HASH, re.S | re.A)
CONSISTENCY = re.compile(r"muster\.dev/ledger-consistency@v1\n((?:%s\n)*)\n(muster-ledger/.*\n)\n(muster-ledger/.*)"
                         % BASE64_HASH, re.S | re.A)
CHECKPOINT = re.compile(r"(muster-ledger/[0-9a-f]{16})\n(0|[1-9]\d{0,17})\n(%s)\nat (\S{20,30})\n" % BASE64_HASH, re.A)


class Invalid(Exception):
    """Something is not as it was signed."""


def demand(condition, otherwise):
    if not condition:
        raise Invalid(otherwise)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# --- The archive: stored files only, and every byte between them as Muster writes it.


def unpack(data):
    files, at = {}, 0
    while data[at:at + 4] == b"PK\3\4" and len(data) >= at + 30:
        flags, method, packed, size, name_length, extra = struct.unpack("<6xHH8xIIHH", data[at:at + 30])
        name, start = data[at + 30:at + 30 + name_length].decode("latin-1"), at + 30 + name_length + extra
        demand(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name), f"a file's name is no plain name: {name!a}")
        demand(not flags and not method and packed == size, f"{name}: the file is packed or encrypted, not stored")
        demand(name not in files, f"{name}: there are two files of this name")
        demand(start + size <= len(data) and len(files) < MOST_FILES, f"{name}: cut short, or one file too many")
        files[name], at = data[start:start + size], start + size
    return files


def pack(files):
    body, directory = bytearray(), bytearray()
    for name, content in files.items():
        common = struct.pack("<4xHHIIIHH", 0, 33, zlib.crc32(content), len(content), len(content), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<HH", 3 << 8 | 10, 10) + common
        directory += struct.pack("<6xII", 0o100644 << 16, len(body)) + name.encode()
        body += b"PK\3\4" + struct.pack("<H", 10) + common + name.encode() + content
    end = struct.pack("<4sIHHIIH", b"PK\5\6", 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory + end)


# --- JSON in which no key is named twice.


def unique(pairs):
    demand(len(dict(pairs)) == len(pairs), "a key is named twice")
    return dict(pairs)


def parse(content, name):
    try:
        no_number = lambda word: demand(False, f"{word} is no number of JSON")
        return json.loads(content.decode(), object_pairs_hook=unique, parse_constant=no_number)
    except (ValueError, RecursionError, Invalid) as reason:
        raise Invalid(f"{name}: no JSON that can be relied on ({reason})") from None


def find(value, path, kind=None):
    """What stands at a path such as "scope.system"; an empty one of a kind where nothing of that kind stands there."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value if kind is None or isinstance(value, kind) else kind()


# --- Keys and signatures.


class Key:
    """An Ed25519 or P-256 public key; ValueError where the text holds none."""

    def __init__(self, pem):
        block = re.search("-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", pem, re.S)
        self.der = decoded("".join(block.group(1).split())) if block else b""
        self.edwards = self.der.startswith(ED25519) and len(self.der) == 44
        if not self.edwards and not (self.der.startswith(P256) and len(self.der) == 91):
            raise ValueError("no public key that signs evidence")
        self.id, self.point = sha256(self.der), self.der[len(ED25519 if self.edwards else P256):]
        self.ssh_type = b"ssh-ed25519" if self.edwards else b"ecdsa-sha2-nistp256"
        curve = b"" if self.edwards else ssh_string(b"nistp256")
        self.ssh = ssh_string(self.ssh_type) + curve + ssh_string(self.point)
        # A signed note hints at a key by its kind and point, but where the kind is 2 by the key as a whole.
        self.note_key = b"\n\1" + self.point if self.edwards else None
        self.demonstration = pem.startswith("Muster demonstration key, not trusted\n")
        self.limits = {}
        for limit, at in re.findall("^Valid (from|until):(.*)$", pem[:block.start()], re.M):
            if limit in self.limits or not instant(at.strip()):
                raise ValueError("no instant from or until which the key is valid")
            self.limits[limit] = instant(at.strip())

    def valid(self, at):
        """Whether the key may sign at an instant; one that nobody knows is outside of any limit."""
        if at is None:
            return not self.limits
        return self.limits.get("from", at) <= at and ("until" not in self.limits or at < self.limits["until"])

    def hint(self, name):
        hinted = self.der if self.note_key is None else name.encode() + self.note_key
        return hashlib.sha256(hinted).digest()[:4]

    def verifies(self, message, signature):
        with tempfile.TemporaryDirectory() as folder:
            key, body, sig = (os.path.join(folder, name) for name in ("key", "message", "signature"))
            for name, content in ((key, self.der), (body, message), (sig, signature)):
                pathlib.Path(name).write_bytes(content)
            pure = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-keyform", "DER", "-rawin", "-in", body]
            hashed = ["dgst", "-sha256", "-verify", key, "-keyform", "DER", "-signature", sig, body]
            command = ["openssl"] + (pure + ["-sigfile", sig] if self.edwards else hashed)
            return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def instant(text):
    """An instant in a form that can be compared; None where the text is none."""
    parts = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z", str(text), re.A)
    try:
        datetime.datetime.strptime(parts.group(1), "%Y-%m-%dT%H:%M:%S")
        return parts.group(1), (parts.group(2) or ".").ljust(10, "0")
    except (AttributeError, ValueError):
        return None


def decoded(text):
    """Bytes in base64; none where the text is no base64."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def encoding(statement):
    """What is signed in place of a statement: the pre-authentication encoding of DSSE."""
    return f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(statement)} ".encode() + statement


def sigstore(statement, signature, key):
    """Statement and signature as the tools of Sigstore take them."""
    made = [{"sig": base64.b64encode(signature).decode(), "keyid": key.id}]
    payload = base64.b64encode(statement).decode()
    return json.dumps({
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {"publicKey": {"hint": key.id}, "tlogEntries": []},
        "dsseEnvelope": {"payload": payload, "payloadType": PAYLOAD_TYPE, "signatures": made}}, separators=(",", ":"))


def ssh_string(data):
    return struct.pack(">I", len(data)) + data


def ssh_strings(blob):
    strings = []
    while blob:
        length = int.from_bytes(blob[:4], "big")
        if 4 + length > len(blob):
            return []
        strings, blob = strings + [blob[4:4 + length]], blob[4 + length:]
    return strings


def der(tag, content):
    return bytes([tag, len(content)]) + content


def signed_for_ssh(key, message, armoured):
    """Whether this key has signed this message as evidence, in the form of PROTOCOL.sshsig of OpenSSH."""
    block = re.fullmatch("-----BEGIN SSH SIGNATURE-----\n(.*)\n-----END SSH SIGNATURE-----\n", armoured, re.S)
    text = block.group(1).replace("\n", "") if block else ""
    blob = decoded(text)
    about = ssh_string(b"muster-evidence") + ssh_string(b"") + ssh_string(b"sha512")
    head = b"SSHSIG" + struct.pack(">I", 1) + ssh_string(key.ssh) + about
    form = ssh_strings(blob[len(head):])
    parts = ssh_strings(form[0]) if len(form) == 1 else []
    kind, signature = parts if len(parts) == 2 else (b"", b"")
    whole = blob.startswith(head) and base64.b64encode(blob).decode() == text
    if not whole or kind != key.ssh_type or len(signature) > 80:
        return False
    if not key.edwards:
        signature = der(48, b"".join(der(2, number) for number in ssh_strings(signature)))
    return key.verifies(b"SSHSIG" + about + ssh_string(hashlib.sha512(message).digest()), signature)


def signed_note(key, note, name):
    """Whether this key has signed this note (c2sp.org/signed-note) under this name."""
    text, _, signatures = note.rpartition("\n\n")
    demand(re.fullmatch("(— [^ +\n]+ [^ \n]+\n)+", signatures), "a note's signatures are not laid out as such")
    for signer, signature in re.findall("^— (\S+) (\S+)$", signatures, re.M):
        blob = decoded(signature)
        if signer == name and blob[:4] == key.hint(name):
            return key.verifies((text + "\n").encode(), blob[4:])
    return False


# --- The tree of RFC 6962, from the root down as its definition goes; of a path, the last hash stands topmost.


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def left_of(size):
    """How many leaves stand on the left: the largest power of two that is less than all of them."""
    return 1 << (size - 1).bit_length() - 1


def root_over(leaf, index, size, path):
    if size == 1 or not path:
        return leaf if size == 1 and not path else b""
    left, below, beside = left_of(size), path[:-1], path[-1]
    if index < left:
        return node(root_over(leaf, index, left, below), beside)
    return node(beside, root_over(leaf, index - left, size - left, below))


def includes(line, index, size, path, root):
    return 0 <= index < size and root_over(hashlib.sha256(b"\0" + line).digest(), index, size, path) == root


def roots_over(earlier, later, path):
    """Of the tree as it was and as it is; a path that is too long or too short leads to none."""
    if earlier == later or not path:
        return (path[0], path[0]) if len(path) == 1 else (b"", b"")
    left, below, beside = left_of(later), path[:-1], path[-1]
    if earlier <= left:
        before, after = roots_over(earlier, left, below)
        return before, node(after, beside)
    before, after = roots_over(earlier - left, later - left, below)
    return node(beside, before), node(beside, after)


def extends(earlier, earlier_root, later, later_root, path):
    if earlier == later or not earlier & (earlier - 1):
        # Where the tree as it was stands whole in the one that is, its root is not said again.
        path = [earlier_root, *path]
    return 0 < earlier <= later and roots_over(earlier, later, path) == (earlier_root, later_root)


def checkpoint(note, name):
    """Ledger, size, root and time of a signed checkpoint (c2sp.org/tlog-checkpoint)."""
    parts = CHECKPOINT.fullmatch(note.rpartition("\n\n")[0] + "\n")
    demand(parts and instant(parts.group(4)), f"{name}: there is no checkpoint in it")
    return parts.group(1), int(parts.group(2)), base64.b64decode(parts.group(3)), parts.group(4)


# --- The bundle: what is right is yielded as a sentence, what is not is raised.


class Bundle:
    def __init__(self, data, trusted):
        self.data, self.trusted, self.files = data, trusted, unpack(data)
        demand(self.files, "this is no ZIP archive as Muster writes it")
        self.signer = None

    def text(self, name):
        return self.files.get(name, b"").decode("utf-8", "replace")

    def lines(self, name):
        return self.text(name).encode().splitlines()

    def check(self):
        parts = [self.contents, self.record, self.signatures, self.test_result, self.proofs, self.timestamp, self.trust]
        for part in parts:
            yield from part()

    def contents(self):
        demand("statement.json" in self.files, "statement.json: the file is missing")
        self.statement = parse(self.files["statement.json"], "statement.json")
        demand(
            find(self.statement, "_type") == "https://in-toto.io/Statement/v1"
            and find(self.statement, "predicateType") == "https://muster.dev/drill-evidence/v1",
            "statement.json: no statement about a drill's evidence that this verifier knows")
        subjects = find(self.statement, "subject", list)
        self.digests = {find(one, "name", str): find(one, "digest.sha256") for one in subjects}
        for name, digest in self.digests.items():
            demand(name in self.files, f"{name}: the file is missing")
            demand(sha256(self.files[name]) == digest, f"{name}: the file is not the one that was signed")
            yield f"{name} has the digest that was signed."
        order = list(self.digests) + [name for name in STATEMENT_FILES if name in self.files]
        added = sorted(set(self.files) - set(order))
        demand(not added, f"{', '.join(added)}: added after the bundle was signed")
        same = pack({name: self.files[name] for name in order}) == self.data
        demand(same, "the archive around the files is not as Muster wrote it")
        yield "The archive holds these files and nothing else."
        for name in self.files:
            if name.endswith((".json", ".jsonl")):
                for part in self.lines(name) if name.endswith("l") else [self.files[name]]:
                    parse(part, name)

    def record(self):
        self.document = parse(self.files.get("evidence.json", b""), "evidence.json")
        demand(find(self.document, "schema") == SCHEMA,
               "evidence.json: in a form that this verifier does not know; a newer Muster may have written it")
        self.events = [(line, parse(line, "ledger.jsonl")) for line in self.lines("ledger.jsonl")]
        named = [find(event, "digest") for event in find(self.document, "programme.ledger", list)]
        demand([sha256(line) for line, _ in self.events] == named, "ledger.jsonl: not the lines that the record names")
        yield f"The {len(named)} ledger lines are those that the record names."

        planned = [event for _, event in self.events if find(event, "kind") == "PLANNED"]
        if planned:
            committed = {**find(planned[0], "details", dict), "drill": find(planned[0], "drill", str)}
            recorded = {name: find(self.document, path, str) for name, path in PLANNED.items()}
            sometimes = {name: find(self.document, path) for name, path in PLANNED_SOMETIMES.items()}
            recorded.update((name, value) for name, value in sometimes.items() if isinstance(value, str))
            for prefix, path in PLANNED_EACH.items():
                recorded.update((f"{prefix} {name}", value) for name, value in find(self.document, path, dict).items())
            # A drill that never came as far as its faults has no seed to show.
            for name in NOT_REPEATED if "fault seed" in recorded else NOT_REPEATED + ["fault seed"]:
                committed.pop(name, None)
            names = sorted(name for name in {**committed, **recorded} if committed.get(name) != recorded.get(name))
            demand(committed == recorded, f"evidence.json: not as planned in the ledger: {', '.join(names)}")
            yield "The plan in the ledger, written before anything was looked at, is the one that was followed."

    def signatures(self):
        body, signature = self.files["statement.json"], self.files.get("statement.sig")
        demand(signature is not None, "statement.sig: the signature is missing")
        keys = self.trusted + keys_in(self.files.get("key.pub.pem", b"").decode("latin-1"))
        self.signer = next((key for key in keys if key.verifies(encoding(body), signature)), None)
        demand(self.signer, "statement.sig: the signature does not belong to the statement")
        yield f"The signature over statement.json was made with key {self.signer.id}."

        others = [name for name in self.digests if name not in STATEMENT_FILES + ["SHA256SUMS", "SHA256SUMS.sig"]]
        sums = "".join(f"{self.digests[name]}  {name}\n" for name in others)
        demand(self.text("SHA256SUMS") == sums, "SHA256SUMS: not the digests of the other files")
        demand(signed_for_ssh(self.signer, self.files["SHA256SUMS"], self.text("SHA256SUMS.sig")),
               "SHA256SUMS.sig: not made with that key for this purpose")
        yield "The signature over SHA256SUMS was made with the same key."

        demand(self.text("statement.sigstore.json") == sigstore(body, signature, self.signer),
               "statement.sigstore.json: not the statement and signature of this bundle")
        yield "statement.sigstore.json holds the same statement and signature."
        ssh_key = f"{self.signer.ssh_type.decode()} {base64.b64encode(self.signer.ssh).decode()}\n"
        own = [key.id for key in keys_in(self.text("key.pub.pem"))]
        demand(own == [self.signer.id], "key.pub.pem: not the key that signed")
        demand(self.text("key.ssh.pub") == ssh_key, "key.ssh.pub: not the key that signed")

    def test_result(self):
        result, form = self.files.get("test-result.json", b""), self.text("test-result.sigstore.json")
        signature = decoded("".join(re.findall('"sig":"([^"]*)"', form)))
        demand(form == sigstore(result, signature, self.signer) and self.signer.verifies(encoding(result), signature),
               "test-result.sigstore.json: not the test result with a signature by that key")
        statement = parse(result, "test-result.json")
        runbook = next(iter(find(statement, "predicate.configuration", list)), None)
        says = [find(statement, "predicateType"), find(statement, "predicate.result"), find(runbook, "digest.sha256"),
                find(runbook, "annotations.verdict"), find(runbook, "annotations.drill")]
        verdict, sha = find(self.document, "verdict.verdict"), find(self.document, "recordControl.runbook.sha256")
        means = ["https://in-toto.io/attestation/test-result/v0.1", "PASSED" if verdict == "PASSED" else "FAILED", sha,
                 verdict, find(self.document, "recordControl.id")]
        demand(says == means, "test-result.json: it says something else than the record")
        yield "test-result.json was signed with the same key and agrees with the record."

    def proofs(self):
        own = "ledger-key.pub.pem"
        keys = keys_in(self.files[own].decode("latin-1")) if own in self.files else [self.signer]
        demand(keys or not self.events, f"{own}: no key that signs a ledger")
        notes = []
        self.signed = [(self.signer, find(self.statement, "predicate.finished", str))]
        for line, event in self.events:
            name = f"ledger-{find(event, 'sequence', int)}.tlog-proof"
            proof = PROOF.fullmatch(self.text(name))
            demand(proof, f"{name}: there is no proof that the line stands in the ledger")
            index, hashes, note = proof.groups()
            origin, size, root, at = checkpoint(note, name)
            path = [base64.b64decode(one) for one in hashes.splitlines()]
            demand(includes(line, int(index), size, path, root),
                   f"{name}: it does not show that the line stands in the ledger")
            demand(signed_note(keys[0], note, origin), f"{name}: the checkpoint was not signed with the ledger's key")
            self.signed.append((keys[0], at))
            yield f"{name} shows its line in the ledger {origin} of {size} events at {at}."
            notes.append(note)
        if notes:
            yield self.consistency(keys[0], notes[0])

    def consistency(self, key, now):
        name = "ledger.consistency"
        step = CONSISTENCY.fullmatch(self.text(name))
        demand(step, f"{name}: there is no proof that the ledger goes on from what it was before")
        hashes, before, after = step.groups()
        demand(after == now, f"{name}: it leads to another checkpoint than that of the lines")
        origin, earlier, earlier_root, at = checkpoint(before, name)
        same, later, later_root, _ = checkpoint(after, name)
        demand(signed_note(key, before, origin), f"{name}: the earlier checkpoint was not signed with the ledger's key")
        path = [base64.b64decode(one) for one in hashes.splitlines()]
        demand(origin == same and extends(earlier, earlier_root, later, later_root, path),
               f"{name}: it does not show that the ledger goes on from what it was before")
        events = "event" if earlier == 1 else "events"
        return f"That ledger goes on from its checkpoint of {earlier} {events}, signed at {at}, with nothing changed in it."

    def timestamp(self):
        if not self.files.keys() & {"statement.tsr", "statement.tsr.sig"}:
            return
        response, imprint = self.files.get("statement.tsr", b""), hashlib.sha256(self.files["statement.sig"]).digest()
        demand(imprint in response, "statement.tsr: broken, or the timestamp of another signature")
        demand(signed_for_ssh(self.signer, response, self.text("statement.tsr.sig")),
               "statement.tsr.sig: not made with the key that signed the bundle")
        yield "statement.tsr is for this signature; whether you trust its authority is a step in README-VERIFY.txt."

    def trust(self):
        self.outcome = VALID
        for key, at in dict.fromkeys(self.signed):
            copies = [copy for copy in self.trusted if copy.id == key.id]
            in_time = all(copy.valid(instant(at)) for copy in copies)
            self.outcome = self.outcome if copies and in_time else NOT_TRUSTED
            if not copies:
                yield f"You do not trust key {key.id}; ask the issuer, on another way, whether it is theirs."
            else:
                yield f"You trust key {key.id}" + ("." if in_time else f", but not for what it signed at {at}.")
            if any(copy.demonstration for copy in copies + [key]):
                yield "It is a demonstration key, not trusted: it proves nothing about who made this bundle."


def keys_in(*pems):
    keys = []
    for pem in pems:
        try:
            keys.append(Key(pem))
        except ValueError:
            pass
    return keys


def trusted_keys(folder):
    files = [file for file in sorted(pathlib.Path(folder).iterdir()) if file.suffix == ".pem" and file.is_file()]
    return keys_in(*(file.read_text("latin-1") for file in files if file.stat().st_size <= 65536))


def verify(name, trusted, say=print):
    """Checks one bundle, says a line for each thing that was checked, and gives the exit code."""
    try:
        demand(os.path.getsize(name) <= MOST_BYTES, "the bundle is too large")
        bundle = Bundle(pathlib.Path(name).read_bytes(), trusted)
        for sentence in bundle.check():
            say(sentence)
        outcome = bundle.outcome
    except (Invalid, ValueError) as wrong:
        # Names in a bundle are a stranger's; none may speak to the terminal.
        say("WRONG: " + "".join(letter if letter.isprintable() else "?" for letter in str(wrong)))
        outcome = INVALID
    say({VALID: "VALID", INVALID: "INVALID", NOT_TRUSTED: "NOT TRUSTED"}[outcome])
    return outcome


def main():
    arguments = argparse.ArgumentParser(description="Verifies evidence bundles of Muster, offline.")
    arguments.add_argument("bundle", nargs="+", help="a bundle, drill-....zip")
    arguments.add_argument("--trust", metavar="DIR", required=True, help="a folder with the keys that you trust")
    given = arguments.parse_args()
    try:
        trusted = trusted_keys(given.trust)
        outcomes = [verify(bundle, trusted) for bundle in given.bundle]
    except OSError as failed:
        print(f"{failed}. Name readable files; openssl must be installed.", file=sys.stderr)
        return 3
    return next(code for code in (INVALID, NOT_TRUSTED, VALID) if code in outcomes)


if __name__ == "__main__":
    sys.exit(main())
