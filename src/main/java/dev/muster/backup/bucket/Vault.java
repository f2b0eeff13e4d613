package dev.muster.backup.bucket;

import dev.muster.backup.SessionSettings;
import dev.muster.backup.VaultKeys;
import dev.muster.backup.VaultSettings;
import dev.muster.drill.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket that backups lie in. Its methods block, and none changes anything; only a {@link Deposit} adds. */
public final class Vault implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int PARTIAL_CONTENT = 206;
    /** A server that does not know what it is asked for keeps no checksums either. */
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 501);
    /** A key may be allowed to list objects and not their versions, and not every server keeps any. */
    private static final Set<Integer> NO_VERSIONS = Set.of(400, 403, 405, 501);

    private final VaultSettings settings;
    private final Clock clock;
    private final Patience patience;
    private final S3Client client;
    private final VaultFaults faults;

    public Vault(VaultSettings settings, Clock clock, Patience patience) {
        this.settings = settings;
        this.clock = clock;
        this.patience = patience;
        this.client = Connection.open(settings, clock, patience, new OnlyReads(), SessionPolicy::looking);
        this.faults = new VaultFaults(settings, clock);
    }

    /** Where a prefix of this vault is, in words for a problem. */
    public String place(String prefix) {
        return "s3://" + settings.bucket() + "/" + prefix + " of vault " + settings.name();
    }

    /** What opens it for a drill: keys of the drill's own where the settings know how to have such made. */
    public VaultKeys keys(KeyWish wish) {
        Optional<SessionSettings> session = settings.session();
        if (session.isPresent()) {
            return new TokenService(settings, session.get(), patience)
                    .keys(wish.drill(), new SessionPolicy(settings, session.get()).reading(wish), wish.needed());
        }
        try {
            return Connection.keys(settings);
        } catch (SdkException e) {
            throw faults.explain(e, "open", place(""));
        }
    }

    Patience patience() {
        return patience;
    }

    /** Everything under a prefix, except the empty objects that stand for folders. */
    public List<StoredObject> list(String prefix) {
        List<StoredObject> objects = new ArrayList<>();
        try {
            for (S3Object object : client.listObjectsV2Paginator(
                            request -> request.bucket(settings.bucket()).prefix(prefix))
                    .contents()) {
                if (!object.key().endsWith("/")) {
                    objects.add(stored(
                            object.key(), object.size(), object.eTag(), Optional.empty(), object.lastModified()));
                }
            }
        } catch (SdkException e) {
            throw faults.explain(e, "list", place(prefix));
        }
        return objects;
    }

    /** The names of the folders that lie directly under a prefix. */
    public List<String> folders(String prefix) {
        try {
            return client
                    .listObjectsV2Paginator(request ->
                            request.bucket(settings.bucket()).prefix(prefix).delimiter("/"))
                    .commonPrefixes()
                    .stream()
                    .map(folder -> folder.prefix()
                            .substring(prefix.length(), folder.prefix().length() - 1))
                    .toList();
        } catch (SdkException e) {
            throw faults.explain(e, "list", place(prefix));
        }
    }

    /** Everything that lay under a prefix as far as the bucket remembers it, delete markers included. */
    public History history(String prefix) {
        List<History.Event> events = new ArrayList<>();
        try {
            for (ListObjectVersionsResponse page : client.listObjectVersionsPaginator(
                    request -> request.bucket(settings.bucket()).prefix(prefix))) {
                page.versions().stream()
                        .filter(one -> !one.key().endsWith("/"))
                        .forEach(one -> events.add(new History.Event(
                                stored(one.key(), one.size(), one.eTag(), version(one), one.lastModified()),
                                false,
                                one.isLatest())));
                page.deleteMarkers().stream()
                        .filter(one -> !one.key().endsWith("/"))
                        .forEach(one -> events.add(new History.Event(
                                stored(one.key(), 0L, "", Optional.of(one.versionId()), one.lastModified()),
                                true,
                                one.isLatest())));
            }
        } catch (S3Exception e) {
            if (NO_VERSIONS.contains(e.statusCode())) {
                return withoutVersions(prefix);
            }
            throw faults.explain(e, "list", place(prefix));
        } catch (SdkException e) {
            throw faults.explain(e, "list", place(prefix));
        }
        boolean versioned =
                events.stream().anyMatch(one -> one.object().version().isPresent());
        return new History(events, versioned);
    }

    private History withoutVersions(String prefix) {
        return new History(
                list(prefix).stream()
                        .map(one -> new History.Event(one, false, true))
                        .toList(),
                false);
    }

    /** A bucket that never kept versions calls the only one there is null, and tells it to nobody who asks otherwise. */
    private static Optional<String> version(ObjectVersion one) {
        return Optional.ofNullable(one.versionId()).filter(id -> !id.equals("null") || !one.isLatest());
    }

    /** The object as it is now, or this version of it; absent when it is not there. */
    public Optional<StoredObject> describe(String key, Optional<String> version) {
        try {
            HeadObjectResponse head = client.headObject(
                    request -> request.bucket(settings.bucket()).key(key).versionId(version.orElse(null)));
            return Optional.of(stored(
                    key,
                    head.contentLength(),
                    head.eTag(),
                    Optional.ofNullable(head.versionId()),
                    head.lastModified()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw faults.explain(e, "read", place(key));
        } catch (SdkException e) {
            throw faults.explain(e, "read", place(key));
        }
    }

    /** The checksums that the vault keeps of exactly this object; none when it is there no more. */
    public StoredChecksums checksums(StoredObject object) {
        try {
            return StoredChecksums.of(client.headObject(request -> request.bucket(settings.bucket())
                    .key(object.key())
                    .versionId(object.version().orElse(null))
                    .ifMatch("\"" + object.etag() + "\"")
                    .checksumMode(ChecksumMode.ENABLED)));
        } catch (S3Exception e) {
            if (VaultFaults.ofObject(e).isPresent() || NOT_UNDERSTOOD.contains(e.statusCode())) {
                return StoredChecksums.NONE;
            }
            throw faults.explain(e, "read", place(object.key()));
        } catch (SdkException e) {
            throw faults.explain(e, "read", place(object.key()));
        }
    }

    /** Opens exactly this object from its beginning to its end, with the checksums that are kept of it. */
    ResponseInputStream<GetObjectResponse> openWhole(StoredObject object) throws Unreadable {
        return open(object, 0, object.size(), true);
    }

    /** Opens a stretch of exactly this object; the caller closes it. */
    ResponseInputStream<GetObjectResponse> open(StoredObject object, long from, long length) throws Unreadable {
        return open(object, from, length, false);
    }

    private ResponseInputStream<GetObjectResponse> open(StoredObject object, long from, long length, boolean all)
            throws Unreadable {
        ResponseInputStream<GetObjectResponse> response;
        try {
            response = client.getObject(request -> request.bucket(settings.bucket())
                    .key(object.key())
                    .versionId(object.version().orElse(null))
                    .ifMatch("\"" + object.etag() + "\"")
                    .checksumMode(all ? ChecksumMode.ENABLED : null)
                    .range(all ? null : "bytes=" + from + "-" + (from + length - 1)));
        } catch (S3Exception e) {
            Optional<Unreadable> ofObject = VaultFaults.ofObject(e);
            if (ofObject.isPresent()) {
                throw ofObject.get();
            }
            throw faults.explain(e, "read", place(object.key()));
        } catch (SdkException e) {
            throw faults.explain(e, "read", place(object.key()));
        }
        GetObjectResponse head = response.response();
        boolean whole = from == 0 && length == object.size();
        if (!bare(head.eTag()).equals(object.etag())) {
            response.abort();
            throw new Unreadable("was replaced after it was listed");
        }
        if (head.contentLength() != length || (!whole && head.sdkHttpResponse().statusCode() != PARTIAL_CONTENT)) {
            response.abort();
            throw new Unreadable("is not served in the stretches that were asked for");
        }
        return response;
    }

    /** Reads a short stretch, fewer bytes where the object ends. */
    public byte[] read(StoredObject object, long from, int length) throws Unreadable, InterruptedException {
        int wanted = (int) Math.min(length, object.size() - from);
        if (wanted <= 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[wanted];
        new Part(this, object, from, bytes).read();
        return bytes;
    }

    /** What may put new objects below a prefix of this vault; the caller closes it. */
    public Deposit deposit(String prefix) {
        return new Deposit(this, settings, clock, patience, prefix, faults);
    }

    /** How the vault keeps what it stores. */
    public Custody custody() {
        return new Custody(client, settings, faults);
    }

    /** How far the vault's clock is ahead of ours. */
    public Duration clockOffset() {
        try {
            Instant asked = clock.instant();
            Optional<String> date = client.headBucket(request -> request.bucket(settings.bucket()))
                    .sdkHttpResponse()
                    .firstMatchingHeader("Date");
            return date.map(text ->
                            Duration.between(asked, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)))
                    .orElse(Duration.ZERO);
        } catch (SdkException e) {
            throw faults.explain(e, "list", place(""));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    RuntimeException gaveUp(StoredObject object, IOException cause) {
        return faults.brokenOff(cause, place(object.key()));
    }

    private StoredObject stored(String key, Long size, String etag, Optional<String> version, Instant lastModified) {
        return new StoredObject(settings.name(), settings.bucket(), key, size, bare(etag), version, lastModified);
    }

    private static String bare(String etag) {
        return etag.replace("\"", "");
    }
}
