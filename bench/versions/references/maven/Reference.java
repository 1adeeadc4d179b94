import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.VersionRange;

/** Reads `c<TAB>a<TAB>b` (order) and `s<TAB>version<TAB>range` lines; answers with Maven's own classes. */
public class Reference {
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder out = new StringBuilder();
        String line;
        while ((line = in.readLine()) != null) {
            String[] parts = line.split("\t", -1);
            try {
                if (parts[0].equals("c")) {
                    int order = new ComparableVersion(parts[1]).compareTo(new ComparableVersion(parts[2]));
                    out.append(Integer.signum(order));
                } else {
                    VersionRange range = VersionRange.createFromVersionSpec(parts[2]);
                    out.append(range.containsVersion(new DefaultArtifactVersion(parts[1])) ? 1 : 0);
                }
            } catch (Exception refused) {
                out.append('!');
            }
            out.append('\n');
        }
        System.out.print(out);
    }
}
