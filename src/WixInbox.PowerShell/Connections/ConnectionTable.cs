using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>
/// The connections of a runspace, as one cmdlet sees them: the default, those that have a name, and those that lead to
/// a site.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class ConnectionTable(PSCmdlet cmdlet)
{
    private const string Connection = "Connection";
    private const string SiteId = "SiteId";
    private const int LongestShown = 60;

    private OpenConnections? _open;
    private bool _isTyped;

    // The parameter that was typed to say where rows go; null for none.
    private string? _named;
    private ScriptBlock? _block;
    private bool _isRehearsal;
    private bool _hasWarned;
    private bool _hasLookedForNames;
    private RowShape? _shape;
    private string? _misspelt;

    /// <summary>Gets the connection that cmdlets use when they are given none.</summary>
    public WixInboxConnection? Default => Open?.Default;

    /// <summary>Gets all that are open: the default first, then those with a name, by name.</summary>
    public IReadOnlyList<WixInboxConnection> All => Open?.All ?? [];

    /// <summary>Gets the names of the connections that are open.</summary>
    public IReadOnlyList<string> Names => [.. All.Select(connection => connection.Name).OfType<string>()];

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

    // There are none where the cmdlets came into the session without a module.
    private OpenConnections? Open => _open ??= OpenConnections.Of(cmdlet.MyInvocation.MyCommand.Module);

    /// <summary>
    /// Makes a connection the default, and known by its name if it has one. Another of that name is no longer known by
    /// it.
    /// </summary>
    /// <returns>Whether there is a module to keep it in.</returns>
    public bool Add(WixInboxConnection connection)
    {
        SetDefault(connection);
        if (connection.Name is not null && Open is not null)
        {
            Open.Named[connection.Name] = connection;
        }

        return Open is not null;
    }

    /// <summary>Makes a connection the default, or leaves none.</summary>
    /// <remarks>
    /// The one that was the default is known by its name alone from now on; one without a name is not known any more,
    /// and stays open.
    /// </remarks>
    public void SetDefault(WixInboxConnection? connection)
    {
        if (Open is not null)
        {
            Open.Default = connection;
        }
    }

    /// <summary>Forgets a connection.</summary>
    public void Remove(WixInboxConnection connection)
    {
        if (Default == connection)
        {
            SetDefault(null);
        }

        if (connection.Name is { } name && Open?.Named.TryGetValue(name, out var known) == true && known == connection)
        {
            Open.Named.Remove(name);
        }
    }

    /// <summary>Gets the open connection of a name; null if there is none.</summary>
    public WixInboxConnection? Find(string name) =>
        Open?.Named.TryGetValue(name, out var connection) == true && !connection.Closed ? connection : null;

    /// <summary>Gets the connection that was given, or else the default.</summary>
    /// <param name="given">What was given; null if nothing was.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    public WixInboxConnection? Find(ConnectionIdentity? given, out ErrorRecord? problem)
    {
        var connection = given?.Connection ?? (given is null ? Default : given.Name is { } name ? Find(name) : null);
        problem = connection switch
        {
            null when given is not null => NoConnection(given),
            null => ConnectionErrors.NotConnected(Names),
            { Closed: true } => ConnectionErrors.Closed(connection),
            { TokenProvider.IsRunningHere: true } => ConnectionErrors.InTokenProvider(connection),
            _ => null,
        };
        return problem is null ? connection : null;
    }

    /// <summary>Says why something that was given is no connection.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="advice">The advice for a name that no connection has; null for the advice to make one.</param>
    public ErrorRecord NoConnection(ConnectionIdentity given, string? advice = null) =>
        given.IsCopy ? ConnectionErrors.Copy()
        : given.Name is { } unknown ? ConnectionErrors.NotFound(unknown, Names, advice)
        : ConnectionErrors.Empty(Connection);

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
        Own = Find(_isTyped ? identity : null, out var problem);

        // Rows that name theirs need no default, and neither does a site that is typed.
        var mayBeNamed = cmdlet.MyInvocation.ExpectingInput || _named is not null;
        var isNeeded = !isRehearsal && !(mayBeNamed && Names.Count > 0);
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
            if (byConnection is not null && named is { Connection: null, Name: { } name } && Names.Count == 0)
            {
                WarnOfOtherMeaning(row, byConnection, name, "no connection has a name");
                (named, columns) = (null, site is null ? [] : [bySite!]);
            }

            if (bySite is not null && named is null && site is not null && !Guid.TryParse(site, out _) && All.Count < 2)
            {
                WarnOfOtherMeaning(row, bySite, site, "the id of a site is a GUID");
                (site, columns) = (null, []);
            }
        }

        // The module's own objects always have the property, and it is empty where their connection has no name.
        AreNamed = AreNamed || named is not null || site is not null || (!row.IsOwn && columns.Length > 0);
        if (named is not null)
        {
            var found = Find(named, out problem);
            problem ??= Contradiction(found!, site);
            return problem is null ? found : null;
        }

        if (site is not null)
        {
            return FindOfSite(site, out problem);
        }

        problem = Own switch
        {
            _ when _isTyped && Own is not null && Contradiction(Own, row.SiteId) is { } other => other,
            _ when !_isTyped && !row.IsOwn && FindUnclear(row, columns) is { } unclear => unclear,
            { Closed: true } => ConnectionErrors.Closed(Own),
            null when !_isRehearsal => ConnectionErrors.NotConnected(Names),
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
                $"column {column} holds '{Row.Shorten(value, LongestShown)}' and is not used to choose a connection, "
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
        if (Names.Count > 1
            && row.Shape.Columns.FirstOrDefault(
                column => ColumnNames.Find(column) is null
                    && RowValues.Given(row.TextIn(column)) is { } value
                    && Find(value) is not null) is { } likely)
        {
            cmdlet.WriteWarning(row.Begin(
                $"column {likely} holds '{RowValues.Given(row.TextIn(likely))}', which is the name of a connection, "
                    + $"and is not used to choose one: such rows go over {Own.Label}. "
                    + $"To use it: -Connection {{ {ColumnNames.ExpressionFor(likely)} }}."));
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

        if ((columns.Length == 0 && _misspelt is null) || All.Count < 2)
        {
            return null;
        }

        return columns.Length > 0
            ? ConnectionErrors.ColumnEmpty(columns, All)
            : ConnectionErrors.ColumnMisspelt(_misspelt!, MeantBy(_misspelt!)!);
    }

    private static string? MeantBy(string column) => ColumnNames.Normalize(column) switch
    {
        "site" => SiteId,
        "sitename" or "connectionname" => Connection,
        _ => ColumnNames.FindNearest(column, [Connection, SiteId]),
    };

    /// <summary>
    /// Gets the open connection to a site: the cmdlet's own, if it leads there, or else the only one that does.
    /// </summary>
    /// <param name="siteId">The site.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    public WixInboxConnection? FindOfSite(string siteId, out ErrorRecord? problem)
    {
        problem = null;
        var all = All;
        WixInboxConnection[] found = [.. all.Where(IsOfSite)];

        // Whether a message is sent or rehearsed is not left to which of the two is the default.
        if (Own is { Closed: false } && IsOfSite(Own) && Array.TrueForAll(found, one => one.Sandbox == Own.Sandbox))
        {
            return Own;
        }

        if (found.Length == 1)
        {
            return found[0];
        }

        problem = found.Length == 0
            ? ConnectionErrors.SiteNotConnected(siteId, all)
            : ConnectionErrors.SiteAmbiguous(siteId, found);
        return null;

        bool IsOfSite(WixInboxConnection connection) =>
            string.Equals(connection.SiteId, siteId, StringComparison.OrdinalIgnoreCase);
    }
}
