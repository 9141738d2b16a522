import { expect, test, vi } from 'vitest';
import { wails } from './wails';

test('the window itself is called, not only the page in it', () => {
	const WindowSetTitle = vi.fn();
	const page = { title: '' };
	vi.stubGlobal('document', page);
	vi.stubGlobal('window', { runtime: { WindowSetTitle } });
	wails.call('■ Customers 01:20 late – INC-7');
	expect(WindowSetTitle).toHaveBeenCalledWith('■ Customers 01:20 late – INC-7');
	expect(page.title).toBe('■ Customers 01:20 late – INC-7');
	vi.unstubAllGlobals();
});
