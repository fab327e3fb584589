using System.Globalization;
using System.Text;
using WixInbox.Errors;

namespace WixInbox.Csv;

/// <summary>Finds out in which encoding a file is written: from its mark, or else from all of its bytes.</summary>
internal sealed class CsvEncoding
{
    /// <summary>The code page of western Europe.</summary>
    public const int Western = 1252;

    private const string Ascii = "ASCII";

    private static readonly byte[] s_utf8Mark = [0xEF, 0xBB, 0xBF];

    private static readonly (byte[] Mark, Func<Encoding> Encoding, string Name)[] s_wideMarks =
    [
        ([0xFF, 0xFE, 0, 0], () => Encoding.UTF32, "UTF-32"),
        ([0, 0, 0xFE, 0xFF], () => new UTF32Encoding(bigEndian: true, byteOrderMark: true), "UTF-32, big-endian"),
        ([0xFF, 0xFE], () => Encoding.Unicode, "UTF-16"),
        ([0xFE, 0xFF], () => Encoding.BigEndianUnicode, "UTF-16, big-endian"),
    ];

    private CsvEncoding(Encoding encoding, string name, string? doubt = null)
    {
        Encoding = encoding;
        Name = name;
        Doubt = doubt;
    }

    public Encoding Encoding { get; }

    /// <summary>
    /// Gets how many bytes come before the text: a mark of another encoding than the one that was given.
    /// </summary>
    public int Start { get; private init; }

    /// <summary>Gets the name of the encoding, and how it was found.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the file has no letter beyond ASCII.</summary>
    public bool IsAscii => Name == Ascii;

    /// <summary>
    /// Gets the reason for doubt, as the rest of a sentence after the file's name; null if there is none.
    /// </summary>
    public string? Doubt { get; }

    /// <summary>
    /// Gets an encoding by its number. The western European ones are not among those that .NET knows by itself.
    /// </summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="NotSupportedException">This system does not have it.</exception>
    public static Encoding Get(int codePage) =>
#if NET
        CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
#else
        Encoding.GetEncoding(codePage);
#endif

    /// <summary>Gets an encoding by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Encoding Get(string name) =>
#if NET
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#else
        Encoding.GetEncoding(name);
#endif

    /// <summary>Gets the code page of the system, as Import-Csv -Encoding ansi has it.</summary>
    public static int SystemCodePage =>
        CultureInfo.CurrentCulture.TextInfo.ANSICodePage is var page and not 0 ? page : Western;

    /// <summary>Finds the encoding of a file.</summary>
    /// <param name="file">The file, which is read to its end.</param>
    /// <param name="given">
    /// The encoding that the user names. Only a mark of UTF-16 or UTF-32 overrides it, since no other encoding begins
    /// so.
    /// </param>
    /// <param name="systemCodePage">The code page of the system.</param>
    /// <exception cref="CsvException">It is not text.</exception>
    public static CsvEncoding Find(Stream file, Encoding? given, int systemCodePage)
    {
        var head = new byte[4];
        var length = ReadFully(file, head);
        var isMarkedUtf8 = length >= s_utf8Mark.Length && s_utf8Mark.SequenceEqual(head.Take(s_utf8Mark.Length));
        foreach (var (mark, encoding, name) in s_wideMarks)
        {
            if (length >= mark.Length && mark.SequenceEqual(head.Take(mark.Length)))
            {
                return new CsvEncoding(encoding(), name + ", by its mark");
            }
        }

        return given is not null
            ? new CsvEncoding(given, given.WebName + ", as given") { Start = isMarkedUtf8 ? s_utf8Mark.Length : 0 }
            : isMarkedUtf8 ? FindMarked(file, systemCodePage)
            : FindUnmarked(file, systemCodePage);
    }

    private static CsvEncoding FindMarked(Stream file, int systemCodePage)
    {
        var bytes = ByteCounts.Read(file);
        return bytes.Invalid == 0
            ? new CsvEncoding(new LenientUtf8(), "UTF-8, by its mark")
            : Mixed(bytes, "it has the mark of UTF-8", systemCodePage);
    }

    private static CsvEncoding FindUnmarked(Stream file, int systemCodePage)
    {
        var bytes = ByteCounts.Read(file);

        // Separators, line breaks and addresses are ASCII whatever the alphabet, and half of their bytes are zero in
        // UTF-16.
        if (bytes.OddZeros * 4 >= bytes.Total / 2 && bytes.OddZeros > bytes.EvenZeros * 10)
        {
            return new CsvEncoding(Encoding.Unicode, "UTF-16, without a mark");
        }

        if (bytes.EvenZeros * 4 >= bytes.Total / 2 && bytes.EvenZeros > bytes.OddZeros * 10)
        {
            return new CsvEncoding(Encoding.BigEndianUnicode, "UTF-16, big-endian, without a mark");
        }

        // A text has none of these, but for a few NULs that something damaged. Of random bytes, one in 28 is.
        if (bytes.Controls * 50 > bytes.Total && bytes.Controls > 4)
        {
            throw OtherFormats.NotText();
        }

        // No text of another encoding is UTF-8 by chance, but for a word or two.
        return bytes.Invalid == 0
            ? new CsvEncoding(new LenientUtf8(), bytes.Sequences > 0 ? "UTF-8, without a mark" : Ascii)
            : bytes.Sequences > bytes.Invalid ? Mixed(bytes, "most of it is UTF-8", systemCodePage)
            : FindCodePage(file, bytes, systemCodePage);
    }

    private static CsvEncoding Mixed(ByteCounts bytes, string what, int systemCodePage) => new(
        new LenientUtf8(),
        "UTF-8, with others in it",
        (bytes.Invalid == 1
            ? FormattableString.Invariant($"{what}, but one letter in line {bytes.FirstInvalidLine} is not, and was ")
            : FormattableString.Invariant($"{what}, but {bytes.Invalid:N0} letters, the first in line ")
                + FormattableString.Invariant($"{bytes.FirstInvalidLine}, are not, and were "))
            + "read as Windows-1252. If a name looks wrong, say in which encoding the file is: "
            + FormattableString.Invariant($"-Encoding {systemCodePage}, for example."));

    private static CsvEncoding FindCodePage(Stream file, ByteCounts bytes, int systemCodePage)
    {
        var western = CodePageWords.Read(file, Get(Western));
        if (systemCodePage is Western or 65001)
        {
            return Decide(western, null);
        }

        var system = Get(systemCodePage);
        if (!system.IsSingleByte)
        {
            return IsText(file, system)
                ? new CsvEncoding(system, system.WebName + ", the system's code page")
                : Decide(western, null);
        }

        var own = CodePageWords.Read(file, system);
        return own.Odd <= western.Odd ? Decide(own, western) : Decide(western, own);
    }

    private static CsvEncoding Decide(CodePageWords words, CodePageWords? other)
    {
        var name = FormattableString.Invariant($"Windows code page {words.Encoding.CodePage}");
        var doubt = words.IsOdd
            ? $"it is not Unicode, and was read as {name}, in which '{Unseen.Show(words.OddOne)}' looks wrong. "
                + MisreadWord.Advice(words.OddOne, words.Encoding)
            : other is { IsOdd: false } && other.Text != words.Text
            ? $"it is not Unicode, and was read as {name}. If '{words.Text}' should be '{other.Text}', say so: "
                + FormattableString.Invariant($"-Encoding {other.Encoding.CodePage}.")
            : null;
        return new CsvEncoding(words.Encoding, name, doubt);
    }

    private static bool IsText(Stream file, Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        file.Position = 0;
        try
        {
            using var reader = new StreamReader(file, strict, false, 4096, leaveOpen: true);
            var buffer = new char[4096];
            while (reader.Read(buffer, 0, buffer.Length) > 0)
            {
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int ReadFully(Stream file, byte[] buffer)
    {
        file.Position = 0;
        var length = 0;
        while (length < buffer.Length && file.Read(buffer, length, buffer.Length - length) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }
}
