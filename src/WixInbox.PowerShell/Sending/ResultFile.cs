using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using WixInbox.Csv;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// The file with what became of each row, for whoever the rows came from: the columns of the first row, and then the
/// result's.
/// </summary>
/// <param name="path">The full name.</param>
internal sealed class ResultFile(string path) : IDisposable
{
    private const string Itself = "InputObject";
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ssK";

    // None of these names a recipient. A row that is sent again is for the one whom its own columns name: as that one,
    // the journal knows the row, and is the contact asked for consent.
    private static readonly string[] s_own =
        ["Row", "State", "Outcome", "Error", "MessageConversationId", "MessageId", "Time"];

    private static readonly Regex s_ownHeader =
        new(string.Join(",", s_own.Select(name => $"\"{name}( \\d+)?\"")) + "$", RegexOptions.CultureInvariant);

    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StringBuilder _line = new();
    private FileStream? _stream;
    private string[]? _columns;
    private bool _areOfResults;
    private bool _isNew;
    private RowShape? _last;

    public string Path { get; } = path;

    /// <summary>
    /// Gets the columns for what became of a row whose names the rows have themselves, as they are called instead:
    /// State 2.
    /// </summary>
    public string[] Renamed { get; private set; } = [];

    /// <summary>Gets a value indicating whether the file has its columns, so that rows can be written.</summary>
    public bool IsBegun => _stream is not null;

    /// <summary>Gets a value indicating whether there are no results of an earlier run in it.</summary>
    public bool IsEmpty => Target is { Exists: false } or { Length: 0 };

    // What a link leads to has the results, and is what is replaced. .NET Framework does not tell.
    private FileInfo Target =>
#if NETFRAMEWORK
        new(Path);
#else
        new FileInfo(Path) is { LinkTarget: not null } link
            ? (FileInfo)link.ResolveLinkTarget(returnFinalTarget: true)!
            : new FileInfo(Path);
#endif

    /// <summary>Finds the column by which a row that comes from a result file was sent, or may have been.</summary>
    /// <returns>The column, and what it says; null if there is none, or it says something else.</returns>
    public static (string Column, RowState State)? FindSent(Row row)
    {
        var columns = row.Shape.Columns;
        if (!IsOwn(columns))
        {
            return null;
        }

        var column = columns[columns.Length - s_own.Length + Array.IndexOf(s_own, "State")];
        return row.TextIn(column) switch
        {
            nameof(RowState.Sent) or nameof(RowState.AlreadySent) => (column, RowState.Sent),
            nameof(RowState.Unknown) => (column, RowState.Unknown),
            _ => null,
        };
    }

    /// <summary>Finds out whether the file can be written. What stands in it stays until the first row comes.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot.</exception>
    public void Check()
    {
        _isNew = Target is { Exists: false };
        using var stream = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

        // A pipe, which another program reads, has nothing in it yet, and would be waited for.
        if (!stream.CanSeek || stream.Length == 0)
        {
            return;
        }

        // Any other file may be a journal, or have the contacts that are just coming down the pipeline.
        using var reader = new StreamReader(stream, s_encoding);
        if (!HasOwnHeader(reader))
        {
            throw new IOException(
                "There is a file of that name that is not a result file, and it is not replaced. Name another file.");
        }
    }

    /// <summary>
    /// Removes the file where there is no run, if <see cref="Check"/> has made it and nobody else writes it.
    /// </summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be removed.</exception>
    public void Discard()
    {
        if (_isNew && IsEmpty)
        {
            new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            Target.Delete();
        }
    }

    /// <summary>
    /// Keeps what stands in the columns of a row, which has just come: one object may be used for all rows. The columns
    /// of the first row are those of the file.
    /// </summary>
    /// <param name="sending">The row.</param>
    /// <returns>The columns that the file does not have, where the row before has others.</returns>
    public string[] Keep(SendingRow sending)
    {
        var row = sending.Row;
        if (_columns is null)
        {
            _columns = ColumnsOf(row);
            _areOfResults = IsOwn(row.Shape.Columns);
        }

        sending.Cells = Array.ConvertAll(_columns, column => ValueOf(row, column));
        if (row.Columns is not null && ReferenceEquals(row.Shape, _last))
        {
            return [];
        }

        _last = row.Shape;
        return [.. ColumnsOf(row).Except(_columns, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// Begins the file with the names of the columns, before anything is done for the first row, which has been read.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Begin()
    {
        // A new file, and not the old one cut off, of which another program may show the rows. What is empty has none,
        // and may be a device.
        if (!IsEmpty)
        {
            // Of a run that sends again what failed, it would have no row of those who were sent.
            if (_areOfResults)
            {
                throw new IOException(
                    "It is a result file, and so is the file of the rows, of which it would keep those alone that are "
                        + "sent now. Name another file.");
            }

            CheckIsFree();
            Target.Delete();
        }

        // Without a buffer: what could not be written is not tried again.
        _stream = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 1);

        // Excel takes a file without a mark for one in the code page of the system.
        _line.Append('\uFEFF');
        string[] own = [.. s_own.Select(NameBeside)];
        Renamed = [.. own.Except(s_own)];
        WriteLine([.. _columns!, .. own]);
    }

    /// <summary>Does something with the file before the first row is sent.</summary>
    /// <returns>Why that cannot be done; null if it was.</returns>
    public ErrorRecord? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ResultErrors.Unwritable(Path, exception);
        }
    }

    /// <summary>Writes what became of a row, so that it is in the file whatever ends the run.</summary>
    /// <param name="sent">The row. One of which nothing has become, and that has no error, was not tried.</param>
    /// <param name="error">Its error, if it has one.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(SendingRow sent, ErrorRecord? error)
    {
        var state = sent.State ?? (error is null ? RowState.NotTried : RowState.Unknown);
        var row = sent.Row;
        var message = sent.Message;
        var outcome = state switch
        {
            RowState.Sent => nameof(OutcomeKind.Succeeded),
            RowState.Failed or RowState.Unknown => (error?.Exception as WixInboxException)?.Outcome?.ToString(),
            _ => null,
        };
        WriteLine(
        [
            .. sent.Cells ?? new string?[_columns!.Length],
            row.Number?.ToString(CultureInfo.InvariantCulture),
            state.ToString(),
            outcome,
            error?.ToString(),
            message?.ConversationId,
            message?.Id,
            message?.CreatedDate?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ]);
    }

    public void Dispose()
    {
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written has been said.
        }
    }

    // Of a run that is still writing it, no row would be left. Unix deletes what another program has open, where
    // Windows has refused it before.
    private void CheckIsFree()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        try
        {
            new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
        }
        catch (IOException exception)
        {
            throw new IOException(
                "It is in use: a run may still be writing it, or the rows come from it. Name another file.", exception);
        }
    }

    private static bool HasOwnHeader(StreamReader text)
    {
        var parser = new CsvParser(text, ',');
        try
        {
            return parser.Read() && IsOwn([.. parser.Cells]);
        }
        catch (CsvException)
        {
            return false;
        }
    }

    // Those of most rows end otherwise, and that is seen at once.
    private static bool IsOwn(string[] columns) =>
        columns.Length >= s_own.Length
        && columns[columns.Length - 1].StartsWith(s_own[s_own.Length - 1], StringComparison.Ordinal)
        && s_ownHeader.IsMatch(string.Join(",", columns.Select(column => $"\"{column}\"")));

    // A result file that is sent again gets new results in place of the old ones.
    private static string[] ColumnsOf(Row row)
    {
        string[] columns = row.Columns is null && row.Input is not null ? [Itself] : row.Shape.Columns;
        return IsOwn(columns) ? [.. columns.Take(columns.Length - s_own.Length)] : columns;
    }

    // Of two columns with one name the second gets a number: people live in a State, too.
    private string NameBeside(string name)
    {
        var number = 1;
        var free = name;
        while (_columns!.Contains(free, StringComparer.OrdinalIgnoreCase))
        {
            free = FormattableString.Invariant($"{name} {++number}");
        }

        return free;
    }

    private static string? ValueOf(Row row, string column)
    {
        try
        {
            return row.Columns is null
                ? column == Itself ? TextOf(row.Input) : null
                : TextOf(row.Columns.Properties[column]?.Value);
        }
        catch (Exception exception)
            when (exception is PSInvalidCastException or RuntimeException)
        {
            // A column may be computed when it is read, which a pipeline that was stopped does no more, and what stands
            // in it may not become a text.
            return null;
        }
    }

    // Rows need not come from a file: a contact of Wix has dates, a dictionary and lists.
    private static string? TextOf(object? value) => RowValues.Unwrap(value) switch
    {
        IDictionary entries => string.Join(
            "; ", EntriesOf(entries).Select(entry => $"{PartOf(entry.Key)}={PartOf(entry.Value)}")),
        IList several => string.Join(" ", several.Cast<object?>().Select(PartOf)),
        _ => PartOf(value),
    };

    // Enumerated as what it implements besides, a generic dictionary has pairs of another type.
    private static IEnumerable<DictionaryEntry> EntriesOf(IDictionary entries)
    {
        foreach (DictionaryEntry entry in entries)
        {
            yield return entry;
        }
    }

    // The same on every computer, whatever its language: the file goes to others. A part of a part may be the whole.
    private static string? PartOf(object? value) => RowValues.Unwrap(value) switch
    {
        DateTime date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };

    private void WriteLine(string?[] cells)
    {
        var separator = string.Empty;
        foreach (var cell in cells)
        {
            var text = CsvApostrophe.Add(cell ?? string.Empty).Replace("\"", "\"\"");
            _line.Append(separator).Append('"').Append(text).Append('"');
            separator = ",";
        }

        var bytes = s_encoding.GetBytes(_line.Append("\r\n").ToString());
        _line.Clear();
        var end = _stream!.CanSeek ? _stream.Position : 0;
        try
        {
            _stream.Write(bytes, 0, bytes.Length);
            _stream.Flush();
        }
        catch (IOException)
        {
            CutAt(end);
            throw;
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // So .NET calls a file that is longer than its file system or a quota allows.
            CutAt(end);
            throw new IOException("The file is longer than the file system allows.", exception);
        }
    }

    // Half a line at the end would be half a row for whoever reads the file.
    private void CutAt(long end)
    {
        try
        {
            if (_stream!.CanSeek)
            {
                _stream.SetLength(end);
            }
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or ArgumentException)
        {
            // A device has no length.
        }
    }
}
