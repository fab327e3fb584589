namespace WixInbox;

/// <summary>
/// The latest findings, safe for several threads. When the cache is full, the oldest entry makes room.
/// </summary>
/// <typeparam name="TKey">What was looked for.</typeparam>
/// <typeparam name="TValue">What was found.</typeparam>
/// <param name="capacity">How much it holds.</param>
/// <param name="comparer">Tells which keys are the same.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _values = new(comparer);
    private readonly Queue<TKey> _order = new();

    public int Count
    {
        get
        {
            lock (_values)
            {
                return _values.Count;
            }
        }
    }

    public bool TryGet(TKey key, out TValue value)
    {
        lock (_values)
        {
            return _values.TryGetValue(key, out value!);
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_values)
        {
            if (!_values.ContainsKey(key))
            {
                _order.Enqueue(key);
            }

            _values[key] = value;
            while (_values.Count > capacity || _order.Count > 2 * capacity)
            {
                // The key may have been removed before: its place in the order stays until now.
                _values.Remove(_order.Dequeue());
            }
        }
    }

    public void Remove(TKey key)
    {
        lock (_values)
        {
            _values.Remove(key);
        }
    }
}
