using System.Collections;

namespace WixInbox.Sandbox;

/// <summary>
/// All that is wrong with one request. Whether Wix reports the first violation or all of them is not documented; our
/// choice is all, each field and rule once.
/// </summary>
internal sealed class Violations : IEnumerable<Violation>
{
    private readonly List<Violation> _list = [];

    public bool Any => _list.Count > 0;

    public void Add(string field, string? rule, string description, int? threshold = null, string? ruleName = null)
    {
        if (!_list.Exists(violation => violation.Field == field && violation.Rule == rule))
        {
            _list.Add(new Violation(field, description, rule, threshold, ruleName));
        }
    }

    public IEnumerator<Violation> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
