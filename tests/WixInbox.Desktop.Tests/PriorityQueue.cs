namespace System.Collections.Generic;

/// <summary>
/// What the tests use of .NET's class, which .NET Framework lacks. No two priorities of theirs are equal.
/// </summary>
internal sealed class PriorityQueue<TElement, TPriority>
    where TPriority : notnull
{
    private readonly SortedDictionary<TPriority, TElement> _elements = [];

    public void Enqueue(TElement element, TPriority priority) => _elements.Add(priority, element);

    public bool TryDequeue(out TElement element, out TPriority priority)
    {
        foreach (var first in _elements)
        {
            (priority, element) = first;
            return _elements.Remove(priority);
        }

        (element, priority) = (default!, default!);
        return false;
    }
}
