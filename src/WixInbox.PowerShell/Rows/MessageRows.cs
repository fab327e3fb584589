using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Pipeline;

namespace WixInbox.Rows;

/// <summary>
/// The rows of a command that sends, checks or shows messages: reads each, makes its message of the row and of the
/// command's parameters, finds why it cannot be sent, and warns of what is odd about the rows.
/// </summary>
internal sealed class MessageRows
{
    private readonly MessageCommand _cmdlet;
    private readonly RowReader _reader;
    private readonly RequestBuilder _requests;
    private readonly OptedOutPeople _optedOut;
    private readonly RowCheck _check;
    private readonly TextWarnings _warnings;
    private readonly DuplicateMessages _duplicates;

    /// <summary>
    /// Initializes a new instance of the <see cref="MessageRows"/> class, before the first row. The cmdlet ends with an
    /// error if a value that was typed cannot be used.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="kind">The kind of content that its parameters give.</param>
    /// <param name="stop">Ends the reading of a file when the pipeline stops.</param>
    public MessageRows(MessageCommand cmdlet, ContentKind kind, PipelineStop stop)
    {
        _cmdlet = cmdlet;
        _reader = new RowReader(cmdlet, RecipientParameters.Names, kind.Columns)
        {
            IsPrebuilt = kind.Type is null,
            AsksConsent = !cmdlet.IncludeUnsubscribed,
            IsOn = cmdlet.IsOn,
        };
        var files = new LocalFiles(cmdlet, stop);
        _requests = new RequestBuilder(cmdlet, kind, files);
        _optedOut = new OptedOutPeople(_reader);
        _check = new RowCheck(cmdlet, kind, files, _reader.Blocks);
        _warnings = new TextWarnings(cmdlet, _reader);
        _duplicates = new DuplicateMessages(cmdlet);
        Kind = kind;
    }

    /// <summary>Gets the kind of content that the messages have.</summary>
    public ContentKind Kind { get; }

    /// <inheritdoc cref="RowReader.Blocks"/>
    public IReadOnlyList<RowBlock> Blocks => _reader.Blocks;

    /// <inheritdoc cref="RowReader.Count"/>
    public int Count => _reader.Count;

    /// <inheritdoc cref="RowReader.Take"/>
    public Row Take(PSObject? input) => _reader.Take(input);

    /// <summary>
    /// Reads a row, and notes whom it opts out, whatever becomes of the row itself: a later one may name the same
    /// person.
    /// </summary>
    public void Read(Row row)
    {
        _reader.Read(row);
        _optedOut.Note(row);
    }

    /// <inheritdoc cref="RowReader.Read(PSObject)"/>
    public Row Read(PSObject? input)
    {
        var row = Take(input);
        Read(row);
        return row;
    }

    /// <inheritdoc cref="RequestBuilder.RequestOf"/>
    public SendMessageRequest RequestOf(Row row) => _requests.RequestOf(row);

    /// <summary>Finds why a row cannot be sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="taken">
    /// The row as the run has taken it, which is held against the rules once; null without one.
    /// </param>
    /// <returns>The reasons; none if the row may be sent.</returns>
    public IReadOnlyList<RowViolation> Check(Row row, SendMessageRequest request, BulkRow? taken = null) =>
        _check.Find(row, request, taken, _cmdlet.IncludeUnsubscribed ? null : _optedOut.Find(row));

    /// <summary>
    /// Notes a row that would be sent, so that a later one by which its person wants no messages can name it. A run of
    /// a million rows has no room for them, and could not call any back.
    /// </summary>
    public void NoteSent(Row row) => _optedOut.NoteSent(row);

    /// <summary>
    /// Gets the people whom a row opts out by names that are nobody else's, so that they can be known by another name.
    /// </summary>
    public Recipient[] OptedOutBy(Row row) => row.OptOut is not { } optOut || _cmdlet.IncludeUnsubscribed ? [] :
    [
        .. _reader.NamesIn(row)
            .Where(one => one.Person.Kind != RecipientKind.Email || (one.IsCertain && optOut.HoldsForAddress))
            .Select(one => one.Person),
    ];

    /// <summary>Warns of what is odd about a row, before it is sent.</summary>
    public void Warn(Row row) => _warnings.Add(row);

    /// <inheritdoc cref="DuplicateMessages.Add(Row, Guid)"/>
    public bool AddMessage(Row row, Guid content) => _duplicates.Add(row, content);

    /// <inheritdoc cref="DuplicateMessages.Add(int, int)"/>
    public void NoteDuplicate(int number, int first) => _duplicates.Add(number, first);

    /// <summary>Tells at the end what was seen in the rows that is no error of one.</summary>
    public void Report()
    {
        _warnings.Warn();
        _duplicates.Report(_cmdlet.SkipDuplicate, wereSent: _cmdlet.Sends);
    }
}
