package dev.thimble.objectstorecloud;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a bucket is, as {@code s3://BUCKET[/PREFIX][?region=R][&endpoint=URL][&anonymous=true]} or
 * {@code gs://BUCKET[/PREFIX][?endpoint=URL][&anonymous=true]}. Credentials are never part of it: they come from where the
 * vendors' own tools look for them (environment, files, the machine's metadata).
 *
 * @param scheme {@code s3} or {@code gs}
 * @param bucket the bucket
 * @param prefix the folder in it, or empty
 * @param options region, endpoint, anonymous
 */
record BucketAddress(String scheme, String bucket, String prefix, Map<String, String> options) {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,221}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]*");
    private static final Map<String, String> OPTIONS = Map.of(
            "region", "[a-z0-9-]{1,40}|auto",
            "endpoint", "https?://[A-Za-z0-9.:_/-]{1,200}",
            "anonymous", "true|false");

    BucketAddress {
        options = Map.copyOf(options);
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("not the name of a bucket: '" + bucket + "'");
        }
        if (!PREFIX.matcher(prefix).matches() || prefix.contains("..")) {
            throw new IllegalArgumentException("not a folder of a bucket: '" + prefix + "'");
        }
        options.forEach((name, value) -> {
            String pattern = OPTIONS.get(name);
            if (pattern == null || !value.matches(pattern) || (name.equals("region") && !scheme.equals("s3"))) {
                throw new IllegalArgumentException("not an option of " + scheme + " addresses: " + name + "=" + value);
            }
        });
    }

    static boolean isOne(String text) {
        return text.startsWith("s3://") || text.startsWith("gs://");
    }

    /** Reads an address; anything else is an {@link IllegalArgumentException} that says why. */
    static BucketAddress parse(String text) {
        try {
            URI uri = new URI(text);
            String bucket = uri.getAuthority();
            if (!isOne(text) || bucket == null || uri.getFragment() != null) {
                throw new IllegalArgumentException("a bucket is s3://NAME or gs://NAME, not '" + text + "'");
            }
            String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("^/+|/+$", "");
            return new BucketAddress(uri.getScheme(), bucket, path, options(uri.getQuery()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not the address of a bucket: '" + text + "'", e);
        }
    }

    private static Map<String, String> options(@org.jspecify.annotations.Nullable String query) {
        Map<String, String> options = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            options.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return options;
    }

    /** The name of the service for OpenDAL. */
    String service() {
        return scheme.equals("s3") ? "s3" : "gcs";
    }

    /** The configuration for OpenDAL. */
    Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>(Map.of("bucket", bucket, "root", "/" + prefix));
        String endpoint = options.get("endpoint");
        if (endpoint != null) {
            configuration.put("endpoint", endpoint);
        }
        boolean anonymous = "true".equals(options.get("anonymous"));
        if (anonymous) {
            configuration.put("allow_anonymous", "true");
            configuration.put("disable_config_load", "true");
        }
        if (scheme.equals("s3")) {
            String region = System.getenv().getOrDefault("AWS_REGION", "us-east-1");
            configuration.put("region", options.getOrDefault("region", region));
            configuration.put("disable_ec2_metadata", Boolean.toString(anonymous));
        } else {
            configuration.put("disable_vm_metadata", Boolean.toString(anonymous));
        }
        return configuration;
    }

    @Override
    public String toString() {
        return scheme + "://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
