package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Which module may use which: the table of docs/architecture.md, checked against the Maven files. */
class ModuleArrowsTest {
    /** Direct arrows; what they reach may be used too. */
    private static final Map<String, List<String>> ARROWS = arrows();

    private static Map<String, List<String>> arrows() {
        var table = new LinkedHashMap<String, List<String>>();
        table.put("field", List.of());
        table.put("poly", List.of("field"));
        table.put("hash", List.of("field"));
        table.put("merkle", List.of("hash"));
        table.put("transcript", List.of("hash"));
        table.put("fri", List.of("poly", "merkle", "transcript"));
        table.put("air", List.of("field"));
        table.put("stark-verifier", List.of("air", "fri"));
        table.put("stark-prover", List.of("stark-verifier"));
        table.put("riscv", List.of());
        table.put("precompile-circuits", List.of("air", "riscv"));
        table.put("riscv-circuits", List.of("air", "stark-verifier", "riscv", "precompile-circuits"));
        table.put("recursion", List.of("air", "stark-verifier", "riscv-circuits"));
        table.put("bn254", List.of());
        table.put("plonk-verifier", List.of("bn254"));
        table.put("plonk", List.of("bn254", "plonk-verifier"));
        table.put("wrap", List.of("recursion", "plonk"));
        table.put("chain", List.of("riscv"));
        table.put("ethereum", List.of("chain"));
        table.put("contracts", List.of("ethereum"));
        table.put("model", List.of());
        table.put("http", List.of());
        table.put("observability", List.of("http", "model"));
        table.put("object-store", List.of("model"));
        table.put("object-store-cloud", List.of("object-store"));
        table.put("job-queue", List.of("model"));
        table.put("l1", List.of("job-queue", "ethereum", "contracts", "plonk-verifier"));
        table.put("pipeline", List.of("recursion", "riscv-circuits", "wrap", "stark-prover", "chain", "model"));
        table.put("gateway", List.of("observability", "object-store-cloud", "job-queue"));
        table.put(
                "server",
                List.of(
                        "observability",
                        "object-store-cloud",
                        "job-queue",
                        "chain",
                        "plonk-verifier",
                        "ethereum",
                        "l1"));
        table.put("workers", List.of("pipeline", "observability", "object-store-cloud", "job-queue"));
        table.put("cli", List.of("workers", "gateway", "server", "pipeline"));
        return table;
    }

    @Test
    void mavenFilesFollowTheTable() throws Exception {
        var wrong = new ArrayList<String>();
        for (var module : Repository.modules()) {
            if (module.startsWith(Repository.ROOT.resolve("testing"))) {
                continue;
            }
            var name = artifact(pom(module));
            if (!ARROWS.containsKey(name)) {
                wrong.add(name + " is in no row: add it to docs/architecture.md and to this table");
                continue;
            }
            var allowed = reach(name);
            for (var used : dependencies(pom(module))) {
                if (!allowed.contains(used)) {
                    wrong.add(name + " must not use " + used);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Set<String> reach(String module) {
        var found = new HashSet<String>();
        var open = new ArrayList<>(ARROWS.getOrDefault(module, List.of()));
        while (!open.isEmpty()) {
            var next = open.removeLast();
            if (found.add(next)) {
                open.addAll(ARROWS.getOrDefault(next, List.of()));
            }
        }
        return found;
    }

    private static Element pom(Path module) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(module.resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    private static String artifact(Element pom) {
        return child(pom, "artifactId");
    }

    /** The modules that the main code of a module uses. */
    private static List<String> dependencies(Element pom) {
        var result = new ArrayList<String>();
        var list = pom.getElementsByTagName("dependency");
        for (int i = 0; i < list.getLength(); i++) {
            var dependency = (Element) list.item(i);
            if (child(dependency, "groupId").equals("dev.thimble")
                    && !child(dependency, "scope").equals("test")) {
                result.add(child(dependency, "artifactId"));
            }
        }
        return result;
    }

    private static String child(Element element, String name) {
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element found && found.getTagName().equals(name)) {
                return found.getTextContent().strip();
            }
        }
        return "";
    }
}
