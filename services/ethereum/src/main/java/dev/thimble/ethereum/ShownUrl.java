package dev.thimble.ethereum;

/** URLs as logs, reports and pages may show them: providers of nodes put their keys into them. */
public final class ShownUrl {
    private static final String HIDDEN = "(hidden)";
    /** Shorter parts of a path are names; keys are longer. */
    private static final int LONG = 16;

    private ShownUrl() {}

    /** The URL without user, password, values of the query, and parts of the path of 16 characters or more. */
    public static String of(String url) {
        return url.replaceFirst("://[^/?#]*@", "://" + HIDDEN + "@")
                .replaceFirst("#.*", "")
                .replaceAll("([?&][^=&]*=)[^&]+", "$1" + HIDDEN)
                .replaceAll("([?&])[^=&]+(?=&|$)", "$1" + HIDDEN)
                .replaceAll("(?<=[^:/]/)[^/?]{" + LONG + ",}", HIDDEN);
    }
}
