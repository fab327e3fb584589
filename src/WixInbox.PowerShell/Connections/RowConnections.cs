using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>
/// The way of a cmdlet's rows to their connections: by what was typed, by what a row names, or else over the default.
/// </summary>
internal sealed class RowConnections(PSCmdlet cmdlet)
{
    private const string Connection = nameof(SiteCommand.Connection);
    private const string SiteId = nameof(SiteCommand.SiteId);

    private readonly ConnectionTable _table = new(cmdlet);
    private bool _isTyped;

    // The parameter that was typed to say where rows go; null for none.
    private string? _named;
    private ScriptBlock? _block;
    private bool _isRehearsal;
    private bool _hasWarned;
    private bool _hasLookedForNames;
    private RowShape? _shape;
    private string? _misspelt;

    /// <summary>
    /// Gets the connection of the rows that name none: the one that was typed, or else the default; null if there is
    /// none.
    /// </summary>
    public WixInboxConnection? Own { get; private set; }

    /// <summary>
    /// Gets a value indicating whether rows say where they go: then a connection that fails ends its own rows, and not
    /// the run.
    /// </summary>
    public bool AreNamed { get; private set; }

    /// <summary>
    /// Finds the cmdlet's own connection, before its first row. The cmdlet ends with an error if no row could be worked
    /// on.
    /// </summary>
    /// <param name="isRehearsal">Whether it makes no request, and needs no connection.</param>
    public void Begin(bool isRehearsal)
    {
        _isRehearsal = isRehearsal;
        var bound = cmdlet.MyInvocation.BoundParameters;
        bound.TryGetValue(Connection, out var typed);
        _named = new[] { Connection, SiteId }.FirstOrDefault(bound.ContainsKey);
        _block = _named is null ? null : (bound[_named] as RowValue)?.Block;
        _isTyped = bound.ContainsKey(Connection) && typed is not RowValue { Block: not null };
        var identity = typed as ConnectionIdentity ?? new ConnectionIdentity((typed as RowValue)?.Value);
        Own = _table.Find(_isTyped ? identity : null, out var problem);

        // Rows that name theirs need no default, and neither does a site that is typed.
        var mayBeNamed = cmdlet.MyInvocation.ExpectingInput || _named is not null;
        var isNeeded = !isRehearsal && !(mayBeNamed && _table.Names.Count > 0);
        if (problem is not null && (isNeeded || _isTyped))
        {
            cmdlet.ThrowTerminatingError(problem);
        }
    }

    /// <summary>
    /// Finds the connection of a row: the one that was typed, or the one that the row names, or the one to its site, or
    /// else the cmdlet's own.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    /// <returns>The connection; null if there is none, which in a rehearsal is no problem.</returns>
    public WixInboxConnection? Find(Row row, out ErrorRecord? problem)
    {
        var named = _isTyped || row.Connection is { IsEmpty: true } ? null : row.Connection;
        var site = _isTyped ? null : row.SiteId;
        var (byConnection, bySite) = (row.ColumnFor(Connection), row.ColumnFor(SiteId));
        string[] columns = byConnection is null ? bySite is null ? [] : [bySite]
            : bySite is null ? [byConnection] : [byConnection, bySite];
        if (!_isTyped && !row.IsSaid)
        {
            // A file may have a column of that name which means something else, Connection = Fibre 100, Site ID =
            // Cork-01: where nothing is open that could be meant by such a value. The one says nothing of the other.
            if (byConnection is not null && named is { Connection: null, Name: { } name } && _table.Names.Count == 0)
            {
                WarnOfOtherMeaning(row, byConnection, name, "no connection has a name");
                (named, columns) = (null, site is null ? [] : [bySite!]);
            }

            if (bySite is not null
                && named is null
                && site is not null
                && WixId.Read(site) is null
                && _table.All.Count < 2)
            {
                WarnOfOtherMeaning(row, bySite, site, "the id of a site is a GUID");
                (site, columns) = (null, []);
            }
        }

        // The module's own objects always have the property, and it is empty where their connection has no name.
        AreNamed = AreNamed || named is not null || site is not null || (!row.IsOwn && columns.Length > 0);
        if (named is not null)
        {
            var found = _table.Find(named, out problem);
            problem ??= Contradiction(found!, site);
            return problem is null ? found : null;
        }

        if (site is not null)
        {
            return _table.FindOfSite(site, Own, out problem);
        }

        problem = Own switch
        {
            _ when _isTyped && Own is not null && Contradiction(Own, row.SiteId) is { } other => other,
            _ when !_isTyped && !row.IsOwn && FindUnclear(row, columns) is { } unclear => unclear,
            { Closed: true } => ConnectionErrors.Closed(Own),
            null when !_isRehearsal => ConnectionErrors.NotConnected(_table.Names),
            _ => null,
        };
        if (problem is null && columns.Length == 0 && !row.IsOwn)
        {
            WarnOfNames(row);
        }

        return Own;
    }

    private void WarnOfOtherMeaning(Row row, string column, string value, string why)
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            cmdlet.WriteWarning(row.Begin(
                $"column {column} holds '{Words.Shorten(value)}' and is not used to choose a connection, "
                    + $"since {why}."));
        }
    }

    // A column that is called as the user calls sites, Store or Brand, chooses no connection by itself.
    private void WarnOfNames(Row row)
    {
        if (_hasLookedForNames || _named is not null || Own is null)
        {
            return;
        }

        _hasLookedForNames = true;
        if (_table.Names.Count > 1
            && row.Shape.Columns.FirstOrDefault(
                column => ColumnNames.Find(column) is null
                    && RowValues.Given(row.TextIn(column)) is { } value
                    && _table.Find(value) is not null) is { } likely)
        {
            cmdlet.WriteWarning(row.Begin(
                $"column {likely} holds '{RowValues.Given(row.TextIn(likely))}', which is the name of a connection, "
                    + $"and is not used to choose one: such rows go over {Own.Label}. "
                    + $"To use it: -Connection {{ {ColumnExpression.For(likely)} }}."));
        }
    }

    // Where a token leads is not known, and what is no GUID is the site of another system.
    private static ErrorRecord? Contradiction(WixInboxConnection connection, string? site) =>
        Guid.TryParse(connection.SiteId, out var own) && Guid.TryParse(site, out var meant) && own != meant
            ? ConnectionErrors.SiteOfAnother(connection, site!)
            : null;

    // Where there are several connections, a row goes to the default one if nothing in it, nor in the command, was
    // meant to say otherwise.
    private ErrorRecord? FindUnclear(Row row, string[] columns)
    {
        if (_named is not null)
        {
            return _block is null
                ? ConnectionErrors.Empty(_named)
                : ConnectionErrors.BlockEmpty(_named, _block, row);
        }

        if (_shape != row.Shape)
        {
            _shape = row.Shape;
            _misspelt = row.Shape.Columns.FirstOrDefault(column => MeantBy(column) is not null);
        }

        if ((columns.Length == 0 && _misspelt is null) || _table.All.Count < 2)
        {
            return null;
        }

        return columns.Length > 0
            ? ConnectionErrors.ColumnEmpty(columns, _table.All)
            : ConnectionErrors.ColumnMisspelt(_misspelt!, MeantBy(_misspelt!)!);
    }

    private static string? MeantBy(string column) => ColumnNames.Normalize(column) switch
    {
        "site" => SiteId,
        "sitename" or "connectionname" => Connection,

        // The day on which somebody was met: LinkedIn's Connected On.
        var name when name.StartsWith("connected", StringComparison.Ordinal) => null,
        _ => NearestName.Find(column, [Connection, SiteId]),
    };
}
