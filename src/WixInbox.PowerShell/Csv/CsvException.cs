namespace WixInbox.Csv;

/// <summary>A file of rows that cannot be read on.</summary>
internal sealed class CsvException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="CsvException"/> class.</summary>
    /// <param name="line">The line of the file, from 1; 0 where it is the whole file.</param>
    /// <param name="message">What is wrong and what to do, as it goes on after the file's name and line.</param>
    public CsvException(int line, string message)
        : base(message) => Line = line;

    public int Line { get; }
}
